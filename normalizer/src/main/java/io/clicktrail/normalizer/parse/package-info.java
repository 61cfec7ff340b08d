/** From one raw record to its outcome: out of the envelopes, to the format whose signature fits. */
@NullMarked
package io.clicktrail.normalizer.parse;

import org.jspecify.annotations.NullMarked;
