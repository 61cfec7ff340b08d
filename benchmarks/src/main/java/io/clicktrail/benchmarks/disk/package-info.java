/** State stores outside a topology, and what they take on disk. */
@NullMarked
package io.clicktrail.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
