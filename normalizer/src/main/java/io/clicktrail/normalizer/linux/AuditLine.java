package io.clicktrail.normalizer.linux;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One audit record as a line: {@code [node=N ]type=T msg=audit(S.mmm:SERIAL): fields}, or as the kernel prints it where
 * no daemon listens, {@code [audit: ]type=1300 audit(S.mmm:SERIAL): fields}.
 *
 * @param type the record's type, as the daemon names it where it is one of those that are read, else as written
 * @param node the host's own name, where the daemon adds it
 * @param stamp {@code S.mmm:SERIAL}, the same in all records of one event
 * @param fields the place of the fields
 */
record AuditLine(String type, @Nullable String node, String stamp, Span fields) {

    private static final int MAX_HEAD = 512;
    private static final String TYPE = "type=";
    private static final String STAMP = "audit(";
    private static final String NODE = "node=";

    /** Whether an audit record begins at the beginning of the text. */
    static boolean isAt(Span text) {
        byte[] bytes = text.bytes();
        int at = behindPrefix(bytes, text.from(), text.to());
        if (!Lines.startsWith(bytes, at, text.to(), TYPE)) {
            return false;
        }
        int head = Math.min(Lines.end(bytes, at, text.to()), at + MAX_HEAD);
        if (isOfUnknownType(bytes, at, head)) {
            return true;
        }
        int audit = Lines.find(bytes, at, head, STAMP);
        return audit > at && (bytes[audit - 1] == ' ' || bytes[audit - 1] == '=');
    }

    /** Whether an old daemon wrote the line of a record whose type it did not know, with garbage for the stamp. */
    static boolean isUnread(Span text) {
        return isOfUnknownType(text.bytes(), text.from(), Lines.end(text.bytes(), text.from(), text.to()));
    }

    private static boolean isOfUnknownType(byte[] bytes, int from, int to) {
        return Lines.startsWith(bytes, from, to, "type=UNKNOWN[")
                && Lines.find(bytes, from, Math.min(to, from + MAX_HEAD), "] msg=") > 0;
    }

    /** The record at the beginning of the text, or null where it has no readable time and serial. */
    static @Nullable AuditLine of(Span text) {
        byte[] bytes = text.bytes();
        int end = Lines.end(bytes, text.from(), text.to());
        int tag = Lines.find(bytes, text.from(), end, TYPE);
        if (tag < 0) {
            return null;
        }
        int type = tag + TYPE.length();
        int typeEnd = Lines.find(bytes, type, end, " ");
        int stamp = Lines.find(bytes, type, end, STAMP) + STAMP.length();
        int stampEnd = Lines.find(bytes, stamp, end, ")");
        if (typeEnd < 0 || stampEnd < 0 || stamp < typeEnd) {
            return null;
        }
        String id = text(bytes, stamp, stampEnd);
        if (!isStamp(id)) {
            return null;
        }
        int fields = Lines.startsWith(bytes, stampEnd + 1, end, ":") ? stampEnd + 2 : stampEnd + 1;
        int node = text.from() + NODE.length();
        return new AuditLine(
                typeName(text(bytes, type, typeEnd)),
                Lines.startsWith(bytes, text.from(), end, NODE)
                        ? text(bytes, node, Lines.find(bytes, node, end, " "))
                        : null,
                id,
                new Span(bytes, fields, end));
    }

    /** The fields, decoded. */
    String body() {
        return text(fields.bytes(), fields.from(), fields.to());
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The time of {@code S.mmm:SERIAL}. */
    static @Nullable EventTime time(String stamp) {
        int colon = stamp.indexOf(':');
        return colon < 0 ? null : EventTime.epoch(stamp.substring(0, colon));
    }

    static boolean isStamp(String stamp) {
        int colon = stamp.indexOf(':');
        if (colon < 1 || colon + 1 == stamp.length() || stamp.length() > 40) {
            return false;
        }
        for (int i = colon + 1; i < stamp.length(); i++) {
            if (stamp.charAt(i) < '0' || stamp.charAt(i) > '9') {
                return false;
            }
        }
        return time(stamp) != null;
    }

    private static int behindPrefix(byte[] bytes, int from, int to) {
        if (Lines.startsWith(bytes, from, to, "audit: ")) {
            return from + 7;
        }
        if (!Lines.startsWith(bytes, from, to, NODE)) {
            return from;
        }
        int at = from;
        int end = Math.min(to, from + MAX_HEAD);
        while (at < end && bytes[at] != ' ' && bytes[at] != '\n') {
            at++;
        }
        return at < end ? at + 1 : from;
    }

    /**
     * Numbers of include/uapi/linux/audit.h, for daemons that do not know a type yet and for the kernel's own print.
     */
    private static String typeName(String type) {
        String number = type.startsWith("UNKNOWN[") && type.endsWith("]") ? type.substring(8, type.length() - 1) : type;
        return switch (number) {
            case "1112" -> "USER_LOGIN";
            case "1113" -> "USER_LOGOUT";
            case "1300" -> "SYSCALL";
            case "1302" -> "PATH";
            case "1306" -> "SOCKADDR";
            case "1307" -> "CWD";
            case "1309" -> "EXECVE";
            case "1320" -> "EOE";
            case "1327" -> "PROCTITLE";
            default -> type;
        };
    }
}
