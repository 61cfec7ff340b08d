/** Tests of what failures become. */
@NullMarked
package io.clicktrail.streams.failures;

import org.jspecify.annotations.NullMarked;
