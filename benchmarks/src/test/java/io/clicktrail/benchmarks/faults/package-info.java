/** Plans, relays and comparisons of the fault rounds, and a few rounds themselves. */
@NullMarked
package io.clicktrail.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
