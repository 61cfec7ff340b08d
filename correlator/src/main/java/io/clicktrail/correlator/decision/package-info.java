/** The decision over a whole chain: what each part of it is worth, and the score that makes it a detection. */
@NullMarked
package io.clicktrail.correlator.decision;

import org.jspecify.annotations.NullMarked;
