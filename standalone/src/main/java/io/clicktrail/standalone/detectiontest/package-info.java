/** Tests of detections: a file says which cases logs must give, and the engine says which they give. */
@NullMarked
package io.clicktrail.standalone.detectiontest;

import org.jspecify.annotations.NullMarked;
