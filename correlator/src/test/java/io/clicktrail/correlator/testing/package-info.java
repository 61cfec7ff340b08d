/** Evidence, timelines and replays for the tests. */
@NullMarked
package io.clicktrail.correlator.testing;

import org.jspecify.annotations.NullMarked;
