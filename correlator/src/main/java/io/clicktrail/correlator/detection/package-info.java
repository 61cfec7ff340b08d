/** A chain as other services read it: the detection with its evidence, confidence, id and content hash. */
@NullMarked
package io.clicktrail.correlator.detection;

import org.jspecify.annotations.NullMarked;
