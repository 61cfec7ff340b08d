/** The demo's logs sent live, again and again. */
@NullMarked
package io.clicktrail.benchmarks.live;

import org.jspecify.annotations.NullMarked;
