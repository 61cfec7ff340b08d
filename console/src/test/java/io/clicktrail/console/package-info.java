/** Tests of the package. */
@NullMarked
package io.clicktrail.console;

import org.jspecify.annotations.NullMarked;
