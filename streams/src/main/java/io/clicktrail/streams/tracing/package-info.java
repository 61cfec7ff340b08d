/** Traces of events through the services, for those who ask for them. */
@NullMarked
package io.clicktrail.streams.tracing;

import org.jspecify.annotations.NullMarked;
