/** A case as others read it: the detection with its evidence, confidence, id and content hash. */
@NullMarked
package io.clicktrail.correlator.story;

import org.jspecify.annotations.NullMarked;
