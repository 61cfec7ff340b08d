package io.clicktrail.console.web;

import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Text from logs and times, for pages: nothing hidden, of bounded length, defanged. Templates escape it. */
final class Words {

    private static final int MAX_BYTES = 600;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Defanger DEFANGER = new Defanger(List.of());

    private Words() {}

    static String text(String text) {
        return DEFANGER.prose(SafeText.clip(text, MAX_BYTES));
    }

    static String place(String name) {
        return Defanger.host(SafeText.clip(name, MAX_BYTES));
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String second(Instant time) {
        return SECOND.format(time);
    }

    /** A length of time in its largest unit, for example 12 min. */
    static String length(Duration length) {
        Duration size = length.abs();
        if (size.toDays() > 0) {
            return size.toDays() + " d";
        }
        if (size.toHours() > 0) {
            return size.toHours() + " h";
        }
        return size.toMinutes() > 0 ? size.toMinutes() + " min" : size.toSeconds() + " s";
    }
}
