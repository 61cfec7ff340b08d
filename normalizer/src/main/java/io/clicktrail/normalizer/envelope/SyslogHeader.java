package io.clicktrail.normalizer.envelope;

import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.TimeForms;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A syslog header, RFC 5424 or RFC 3164 in the forms that relays really write: no priority, a blank after it, ISO or
 * yearless time stamp, a year before or after the clock time, no host, no tag, two headers stacked (relay and origin;
 * the origin's host and time are used).
 *
 * <p>The header is read part by part from the left: priority, version, time stamp, host, tag or APP-NAME with its kin.
 * Each part may be missing. Since a message may look like a host or a tag, the header gives three places at which the
 * record may begin, and the caller tries them from the last to the first. Without a priority or a time stamp there is
 * no header, so that a line of another format is left as it is. Bounds: three stacked headers, tokens of 255 bytes.
 *
 * @param restAt where the time stamp ends and the host begins, if there is one
 * @param tagAt where the tag begins, or the message where there is none
 * @param bodyAt where the message begins
 * @param metadata the host and the time that the header gives
 */
public record SyslogHeader(int restAt, int tagAt, int bodyAt, EnvelopeMetadata metadata) {

    private static final int MAX_STACKED = 3;
    private static final int MAX_TOKEN = 255;
    private static final int CLOCK = 8;
    private static final int MAX_COUNT_DIGITS = 7;
    private static final int MAX_ZONE = 10;
    private static final int MAX_TAG = 64;
    private static final int MAX_LEVEL = 10;

    private static final Set<String> LEVELS =
            Set.of("emerg", "alert", "crit", "err", "error", "warning", "warn", "notice", "info", "debug");

    private static final Set<String> FACILITIES = Set.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "authpriv",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");

    /** APP-NAME, PROCID and MSGID come between host and structured data. */
    private static final int BETWEEN = 3;

    /**
     * The header at a place, or null where there is none.
     *
     * @param zone the time zone of a time that is written without one
     * @param deliveredMillis decides the year of a time that is written without one, ms since 1970; negative where it
     *     is not known
     */
    public static @Nullable SyslogHeader at(byte[] bytes, int from, int to, ZoneId zone, long deliveredMillis) {
        SyslogHeader header = null;
        int at = from;
        for (int i = 0; i < MAX_STACKED; i++) {
            SyslogHeader next = new Parser(bytes, at, Lines.end(bytes, at, to), zone, deliveredMillis).parse();
            if (next == null) {
                break;
            }
            header = header == null
                    ? next
                    : new SyslogHeader(next.restAt, next.tagAt, next.bodyAt, next.metadata.within(header.metadata));
            at = next.bodyAt;
        }
        return header;
    }

    /** The place after a tag that begins a line whose header was taken off, {@code (squid): }; -1 without one. */
    public static int afterTag(Span line) {
        byte[] bytes = line.bytes();
        int to = Math.min(Lines.end(bytes, line.from(), line.to()), line.from() + MAX_TAG);
        int blank = Lines.find(bytes, line.from(), to, ": ");
        for (int i = line.from(); i < blank; i++) {
            if (bytes[i] == ' ' || bytes[i] == '=' || bytes[i] == '"') {
                return -1;
            }
        }
        return blank <= line.from() ? -1 : Lines.skipBlanks(bytes, blank + 1, line.to());
    }

    /** The place after a level between a tag and the record of an appliance, {@code Info: }; -1 without one. */
    public static int afterLevel(byte[] bytes, int from, int to) {
        int end = Lines.find(bytes, from, Math.min(to, from + MAX_LEVEL), ": ");
        return end > from
                        && LEVELS.contains(
                                new String(bytes, from, end - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT))
                ? Lines.skipBlanks(bytes, end + 1, to)
                : -1;
    }

    /**
     * The end of a frame whose length is written before it (RFC 6587, octet counting): {@code 97 <13>1 ..}; -1 where
     * there is no such frame, or where it ends beyond the text.
     */
    public static int frameEnd(byte[] bytes, int from, int to) {
        int begin = frameBegin(bytes, from, to);
        if (begin == from) {
            return -1;
        }
        long length = 0;
        for (int i = from; i < begin - 1; i++) {
            length = length * 10 + bytes[i] - '0';
        }
        return begin + length > to ? -1 : begin + (int) length;
    }

    /** The place after an octet count, or the same place where there is none. */
    private static int frameBegin(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && at - from < MAX_COUNT_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > from && at + 1 < to && bytes[at] == ' ' && bytes[at + 1] == '<' && bytes[from] != '0'
                ? at + 1
                : from;
    }

    /** One header, read from left to right. */
    private static final class Parser {
        private final byte[] bytes;
        private final int end;
        private final ZoneId zone;
        private final long deliveredMillis;
        private int at;
        private @Nullable EventTime time;

        Parser(byte[] bytes, int from, int end, ZoneId zone, long deliveredMillis) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
            this.zone = zone;
            this.deliveredMillis = deliveredMillis;
        }

        @Nullable
        SyslogHeader parse() {
            boolean hasPriority = priority();
            if (Lines.startsWith(bytes, at, end, "1 ") && (hasPriority || isStampOfVersion1())) {
                return version1();
            }
            blanks();
            if (!timeStamp()) {
                return hasPriority ? hostAndTag(at) : null;
            }
            blanks();
            return hostAndTag(at);
        }

        /** A relay took the priority off and left the version: {@code 1 2026-03-02T10:00:05Z fw1 RT_FLOW - ..}. */
        private boolean isStampOfVersion1() {
            return end - at > 24
                    && isDigit(at + 2)
                    && bytes[at + 6] == '-'
                    && bytes[at + 12] == 'T'
                    && bytes[at + 15] == ':';
        }

        private boolean priority() {
            int begin = frameBegin(bytes, at, end);
            if (begin >= end || bytes[begin] != '<') {
                return false;
            }
            int digit = begin + 1;
            while (digit < end && isDigit(digit)) {
                digit++;
            }
            if (digit == begin + 1 || digit > begin + 4 || digit >= end || bytes[digit] != '>') {
                return false;
            }
            at = digit + 1;
            if (at < end && bytes[at] == ':') {
                at++;
            }
            return true;
        }

        /** {@code 1 TS HOST APP PID MSGID SD MSG}; Meraki's {@code 1 EPOCH HOST MSG} has nothing between. */
        private @Nullable SyslogHeader version1() {
            at += 2;
            String stamp = token();
            time = EventTime.iso(stamp, zone, TimeQuality.ASSUMED_ZONE);
            String host = token();
            boolean isEpoch = time == null && (time = EventTime.epoch(stamp)) != null;
            if (isEpoch || isRecord()) {
                return new SyslogHeader(at, at, at, new EnvelopeMetadata(Placeholders.absent(host), time, null));
            }
            int tag = at;
            if (isTag(tag, tokenEnd(tag))) { // as in RFC 3164
                return body(tag, tag, host);
            }
            for (int i = 0; i < BETWEEN; i++) {
                at = Math.min(end, tokenEnd(at) + 1);
            }
            if (at >= end) {
                return null;
            }
            structuredData();
            blanks();
            if (isByteOrderMark()) {
                at += 3;
            }
            return new SyslogHeader(tag, tag, at, new EnvelopeMetadata(Placeholders.absent(host), time, null));
        }

        /**
         * Whether a record begins where the name of the application should be: some devices leave out what is
         * between.
         */
        private boolean isRecord() {
            return Lines.startsWith(bytes, at, end, "CEF:")
                    || Lines.startsWith(bytes, at, end, "LEEF:")
                    || Lines.startsWith(bytes, at, end, "{");
        }

        private boolean isByteOrderMark() {
            return end - at >= 3
                    && (bytes[at] & 255) == 0xEF
                    && (bytes[at + 1] & 255) == 0xBB
                    && (bytes[at + 2] & 255) == 0xBF;
        }

        private void structuredData() {
            if (bytes[at] == '-') {
                at++;
                return;
            }
            boolean isQuoted = false;
            boolean isInside = false;
            for (; at < end; at++) {
                byte b = bytes[at];
                if (isQuoted && b == '\\') {
                    at++;
                } else if (b == '"') {
                    isQuoted = !isQuoted;
                } else if (!isQuoted && b == '[') {
                    isInside = true;
                } else if (!isQuoted && b == ']') {
                    isInside = false;
                } else if (!isInside) {
                    return;
                }
            }
            at = Math.min(at, end);
        }

        private boolean timeStamp() {
            if (end - at < 15) {
                return false;
            }
            if (isDigit(at)) {
                return isoStamp();
            }
            if (!isLetter(at) || !isLetter(at + 1) || !isLetter(at + 2) || bytes[at + 3] != ' ') {
                return false;
            }
            return monthStamp();
        }

        private boolean isoStamp() {
            if (end - at < 20 || bytes[at + 4] != '-' || bytes[at + 13] != ':') {
                return false;
            }
            boolean isBlank = bytes[at + 10] == ' ' && (bytes[at + 19] == ',' || bytes[at + 19] == '.');
            if (bytes[at + 10] != 'T' && !isBlank) {
                return false;
            }
            int start = at;
            time = EventTime.iso(isBlank ? token() + "T" + token() : token(), zone, TimeQuality.ASSUMED_ZONE);
            if (time == null) {
                at = start;
                return false;
            }
            containerStream();
            return true;
        }

        /** {@code stdout F } of a container runtime (Kubernetes CRI logging format). */
        private void containerStream() {
            boolean isStream =
                    Lines.startsWith(bytes, at, end, "stdout ") || Lines.startsWith(bytes, at, end, "stderr ");
            if (isStream && at + 9 < end && (bytes[at + 7] == 'F' || bytes[at + 7] == 'P') && bytes[at + 8] == ' ') {
                at += 9;
            }
        }

        /** {@code Mmm [d]d [yyyy] hh:mm:ss[.fff] [yyyy] [zone][:]}. */
        private boolean monthStamp() {
            String month = text(at, at + 3);
            int day = at + 4;
            day += bytes[day] == ' ' ? 1 : 0;
            int dayEnd = day;
            while (dayEnd < end && dayEnd < day + 2 && isDigit(dayEnd)) {
                dayEnd++;
            }
            if (dayEnd == day || dayEnd + 1 >= end || bytes[dayEnd] != ' ') {
                return false;
            }
            String year = yearAt(dayEnd + 1);
            int clock = dayEnd + 1 + (year == null ? 0 : 5);
            if (end - clock < CLOCK || bytes[clock + 2] != ':' || bytes[clock + 5] != ':') {
                return false;
            }
            int clockEnd = clock + CLOCK;
            while (clockEnd < end && (isDigit(clockEnd) || bytes[clockEnd] == '.' || bytes[clockEnd] == ',')) {
                clockEnd++;
            }
            int after = clockEnd;
            if (year == null && after + 1 < end && bytes[after] == ' ') {
                year = yearAt(after + 1);
                after += year == null ? 0 : 5;
            }
            ZoneId named = null;
            if (after + 1 < end && bytes[after] == ' ' && isLetter(after + 1)) {
                int zoneEnd = after + 1;
                while (zoneEnd < end
                        && zoneEnd - after <= MAX_ZONE
                        && bytes[zoneEnd] != ' '
                        && !isColonAfter(zoneEnd)) {
                    zoneEnd++;
                }
                named = zoneEnd < end ? TimeForms.abbreviation(text(after + 1, zoneEnd)) : null;
                after = named == null ? after : zoneEnd;
            }
            String dayText = text(day, dayEnd);
            String twoDigits = dayText.length() == 1 ? "0" + dayText : dayText;
            time = stamp(month, twoDigits, year, text(clock, Math.min(clockEnd, clock + CLOCK + 10)), named);
            at = after;
            if (at < end && bytes[at] == ':') {
                at++;
            }
            return true;
        }

        /** A colon that no digit follows, which would be part of an offset. */
        private boolean isColonAfter(int i) {
            return bytes[i] == ':' && (i + 1 == end || !isDigit(i + 1));
        }

        private @Nullable EventTime stamp(
                String month, String day, @Nullable String year, String clock, @Nullable ZoneId named) {
            if (year == null) {
                return deliveredMillis < 0
                        ? null
                        : EventTime.yearless(
                                month + " " + day + " " + clock, named == null ? zone : named, deliveredMillis);
            }
            int number = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(month);
            if (number < 0 || number % 3 != 0) {
                return null;
            }
            String two = number / 3 + 1 < 10 ? "0" + (number / 3 + 1) : Integer.toString(number / 3 + 1);
            return EventTime.iso(
                    year + "-" + two + "-" + day + "T" + clock,
                    named == null ? zone : named,
                    named == null ? TimeQuality.ASSUMED_ZONE : TimeQuality.EXACT);
        }

        private @Nullable String yearAt(int from) {
            if (end - from < 5 || bytes[from + 4] != ' ') {
                return null;
            }
            for (int i = from; i < from + 4; i++) {
                if (!isDigit(i)) {
                    return null;
                }
            }
            return text(from, from + 4);
        }

        /** {@code [HOST [ADDRESS]] [TAG[pid]:] MSG}: a token that ends in a colon is a tag, never a host. */
        private SyslogHeader hostAndTag(int start) {
            int hostEnd = tokenEnd(start);
            if (isTag(start, hostEnd) || hostEnd >= end || !isName(start, hostEnd)) {
                return body(start, start, null);
            }
            int tag = afterBlanks(hostEnd + 1);
            int nextEnd = tokenEnd(tag);
            if (FACILITIES.contains(text(start, hostEnd))
                    && isName(tag, nextEnd)
                    && isTag(nextEnd + 1, tokenEnd(nextEnd + 1))) {
                return hostAndTag(tag); // a relay wrote the facility before the host
            }
            return body(start, behindWord(tag), text(start, hostEnd));
        }

        /** After an address or a level between host and tag, as appliances add them; else where it was. */
        private int behindWord(int from) {
            int tokenEnd = tokenEnd(from);
            if (tokenEnd >= end || tokenEnd - from > MAX_TOKEN || !isTag(tokenEnd + 1, tokenEnd(tokenEnd + 1))) {
                return from;
            }
            String word = text(from, tokenEnd);
            boolean isAddress = isDigit(from) && IpAddresses.canonical(word) != null;
            return isAddress || LEVELS.contains(word.substring(word.indexOf('.') + 1)) ? tokenEnd + 1 : from;
        }

        private SyslogHeader body(int rest, int tag, @Nullable String host) {
            int tagEnd = tokenEnd(tag);
            int body = tag;
            int glued = Math.max(Lines.find(bytes, tag, tagEnd, ":CEF:"), Lines.find(bytes, tag, tagEnd, ":LEEF:"));
            if (glued > tag) {
                body = glued + 1;
            } else if (isTag(tag, tagEnd) && bytes[tag] != '%') { // a Cisco message begins with its number
                body = afterBlanks(tagEnd);
            }
            return new SyslogHeader(rest, tag, body, new EnvelopeMetadata(Placeholders.absent(host), time, null));
        }

        private int afterBlanks(int from) {
            int i = from;
            while (i < end && bytes[i] == ' ') {
                i++;
            }
            return i;
        }

        private boolean isTag(int from, int tokenEnd) {
            return tokenEnd - from > 1 && tokenEnd - from < MAX_TOKEN && bytes[tokenEnd - 1] == ':';
        }

        private boolean isName(int from, int tokenEnd) {
            if (tokenEnd == from || tokenEnd - from > MAX_TOKEN) {
                return false;
            }
            for (int i = from; i < tokenEnd; i++) {
                byte b = bytes[i];
                if (!(isLetter(i) || isDigit(i) || b == '-' || b == '.' || b == '_' || b == ':' || b < 0)) {
                    return false;
                }
            }
            return true;
        }

        private String token() {
            int from = at;
            int tokenEnd = tokenEnd(at);
            at = Math.min(end, tokenEnd + 1);
            return text(from, Math.min(tokenEnd, from + MAX_TOKEN));
        }

        private int tokenEnd(int from) {
            int i = from;
            while (i < end && bytes[i] != ' ') {
                i++;
            }
            return i;
        }

        private void blanks() {
            while (at < end && bytes[at] == ' ') {
                at++;
            }
        }

        private boolean isDigit(int i) {
            return bytes[i] >= '0' && bytes[i] <= '9';
        }

        private boolean isLetter(int i) {
            int b = bytes[i] | 0x20;
            return b >= 'a' && b <= 'z';
        }

        private String text(int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
    }
}
