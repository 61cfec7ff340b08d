/** Settings of every service: read once at start, each checked with its key, value and rule. */
@NullMarked
package io.clicktrail.streams.settings;

import org.jspecify.annotations.NullMarked;
