package io.clicktrail.standalone.reading;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.TimeForms;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a document whose value no field of its events shows: not as it is, not as a part, not as the same number
 * or the same second.
 *
 * <p>It knows nothing of the formats, so it finds also what a format reads wrongly. Cost: values times fields.
 */
final class LeftOver {

    private static final int MIN_PART = 4;

    private LeftOver() {}

    static List<String> names(List<NamedValue> document, List<NamedValue> fields) {
        List<String> shown = fields.stream()
                .map(field -> field.value().toLowerCase(Locale.ROOT))
                .toList();
        Set<Long> seconds = new LinkedHashSet<>();
        for (NamedValue field : fields) {
            addSecond(seconds, field.value());
        }
        Set<String> names = new LinkedHashSet<>();
        for (NamedValue each : document) {
            String value = Placeholders.absent(each.value().strip());
            if (value != null && !isShown(value.toLowerCase(Locale.ROOT), shown) && !isSecond(value, seconds)) {
                names.add(each.name());
            }
        }
        return List.copyOf(names);
    }

    private static boolean isShown(String value, List<String> shown) {
        String number = number(value);
        for (String field : shown) {
            if (field.equals(value)
                    || field.equals(number)
                    || value.length() >= MIN_PART && field.contains(value)
                    || field.length() >= MIN_PART && value.contains(field)) {
                return true;
            }
        }
        return false;
    }

    /** The decimal form of {@code 0x1f4}; null for any other text. */
    private static @Nullable String number(String value) {
        if (value.length() < 3 || value.length() > 17 || !value.startsWith("0x")) {
            return null;
        }
        try {
            return Long.toUnsignedString(Long.parseUnsignedLong(value.substring(2), 16));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isSecond(String value, Set<Long> seconds) {
        EventTime time = TimeForms.read(value, ZoneOffset.UTC, -1);
        return time != null && seconds.contains(time.micros() / 1_000_000);
    }

    private static void addSecond(Set<Long> seconds, String value) {
        EventTime time = value.endsWith("Z") ? TimeForms.read(value, ZoneOffset.UTC, -1) : null;
        if (time != null) {
            seconds.add(time.micros() / 1_000_000);
        }
    }
}
