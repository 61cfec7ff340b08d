/** Settings of every service, read and checked once at start. */
@NullMarked
package io.clicktrail.streams.settings;

import org.jspecify.annotations.NullMarked;
