package io.clicktrail.enricher.intel.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Times as feeds write them: seconds since 1970, RFC 3339, or date and time in UTC parted by a blank or a T. */
public final class FeedTime {

    private static final int DATE_LENGTH = "2026-11-21".length();
    private static final int SECONDS_LENGTH = "2026-11-21 10:00:00".length();

    private FeedTime() {}

    /** The time; null where the text is none. */
    public static @Nullable Instant of(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String text = given.strip();
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return text.length() > 12 ? null : Instant.ofEpochSecond(Long.parseLong(text));
            }
            if (text.length() == DATE_LENGTH) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (text.length() >= SECONDS_LENGTH && text.charAt(DATE_LENGTH) == ' ') {
                return Instant.parse(text.substring(0, SECONDS_LENGTH).replace(' ', 'T') + "Z");
            }
            boolean hasZone = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > DATE_LENGTH;
            return hasZone
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException notATime) {
            return null;
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }
}
