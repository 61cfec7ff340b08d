/** Tests of the package. */
@NullMarked
package io.clicktrail.console.kafka;

import org.jspecify.annotations.NullMarked;
