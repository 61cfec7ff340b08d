/** The values an event is made of, in the one form that all formats write. */
@NullMarked
package io.clicktrail.normalizer.event;

import org.jspecify.annotations.NullMarked;
