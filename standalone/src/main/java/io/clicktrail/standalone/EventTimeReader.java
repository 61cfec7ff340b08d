package io.clicktrail.standalone;

import io.clicktrail.event.Event;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.standalone.delivery.EventTimes;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Event times as the normalizer reads them. */
public final class EventTimeReader implements EventTimes {
    private final Normalizer normalizer = new Normalizer(InputLimits.DEFAULT, ZoneId.from(ZoneOffset.UTC));

    @Override
    public long latest(byte[] record, long near) {
        long delivered = near == UNKNOWN ? RawCoordinates.UNKNOWN_DELIVERY : near;
        return latest(normalizer.normalize(record, new RawCoordinates("", 0, 0, delivered)));
    }

    /** A piece of an event carries the time of the event. */
    private static long latest(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Partial partial -> {
                long latest = partial.rest() == null ? UNKNOWN : latest(partial.rest());
                for (Piece piece : partial.pieces()) {
                    latest = Math.max(latest, piece.millis());
                }
                yield latest;
            }
            case Outcome.Normalized read -> {
                long latest = UNKNOWN;
                for (Event event : read.events()) {
                    if (event.getTimeQuality() != TimeQuality.DELIVERED) {
                        latest = Math.max(latest, event.getTime().toEpochMilli());
                    }
                }
                yield latest;
            }
            case Outcome.Ignored ignored -> UNKNOWN;
            case Outcome.Rejected rejected -> UNKNOWN;
        };
    }
}
