/** Tests of the package. */
@NullMarked
package io.clicktrail.console.pipeline;

import org.jspecify.annotations.NullMarked;
