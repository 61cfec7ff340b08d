/** Logs of Check Point gateways. */
@NullMarked
package io.clicktrail.normalizer.checkpoint;

import org.jspecify.annotations.NullMarked;
