/** Tests of the package. */
@NullMarked
package io.clicktrail.console.queue;

import org.jspecify.annotations.NullMarked;
