package io.clicktrail.correlator.testing;

import io.clicktrail.evidence.Evidence;
import java.time.Instant;

/** A piece of evidence and the time at which it is delivered. */
public record DeliveryOrder(Instant at, Evidence evidence) {}
