/** State stores outside a topology, and their size on disk. */
@NullMarked
package io.clicktrail.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
