package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.event.EventTime;
import java.util.Locale;

/** The stamp of an event of Linux's audit system, {@code 1772445605.731:4711}, as the system itself writes it. */
final class AuditStamp {

    private static final long MILLIS = 1000;

    private AuditStamp() {}

    static String of(EventTime when, String serial) {
        return String.format(Locale.ROOT, "%d.%03d:%s", when.millis() / MILLIS, when.millis() % MILLIS, serial);
    }
}
