/** The queue: its order, its filters, its pages. */
@NullMarked
package io.clicktrail.console.queue;

import org.jspecify.annotations.NullMarked;
