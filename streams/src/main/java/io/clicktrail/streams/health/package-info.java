/** Health, lag and metrics of a service. */
@NullMarked
package io.clicktrail.streams.health;

import org.jspecify.annotations.NullMarked;
