/** Heartbeats and canaries that the service sends to itself. */
@NullMarked
package io.clicktrail.normalizer.heartbeat;

import org.jspecify.annotations.NullMarked;
