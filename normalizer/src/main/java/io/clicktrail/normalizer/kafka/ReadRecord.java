package io.clicktrail.normalizer.kafka;

import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import org.jspecify.annotations.Nullable;

/** A raw record with what became of it, on its way inside the topology. */
@SuppressWarnings("ArrayRecordComponent")
public record ReadRecord(byte @Nullable [] value, RawCoordinates at, Outcome outcome) {}
