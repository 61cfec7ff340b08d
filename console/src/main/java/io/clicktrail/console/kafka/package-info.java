/** The topics: what the console reads, and the one that it writes. */
@NullMarked
package io.clicktrail.console.kafka;

import org.jspecify.annotations.NullMarked;
