/** Tests of the package. */
@NullMarked
package io.clicktrail.console.sensors;

import org.jspecify.annotations.NullMarked;
