package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Windows events as text with the rendered message: Snare ({@code MSWinEventLog} and columns between tabs), WinCollect
 * ({@code AgentDevice=WindowsLog} and pairs between tabs), and Splunk's classic input (a time, then {@code Name=value}
 * on lines of their own up to {@code Message=}, which has several). What the message says is {@link EventMessage}'s.
 */
public final class EventText implements TextFormat {

    private static final String SNARE = "MSWinEventLog";
    private static final String WINCOLLECT = "AgentDevice=WindowsLog";
    private static final String LOG_NAME = "LogName=";
    private static final int STAMP_CHARS = 40;
    private static final Pattern BLANK = Pattern.compile("^MSWinEventLog +(\\d+)[ \\t]");
    private static final Pattern YEAR = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d)\\t(\\d{4})\\t");
    private static final int COLUMNS = 14;

    /** {@code 03/02/2026 10:00:05 AM}, with a fraction or without. */
    private static final Pattern CLASSIC_TIME = Pattern.compile(
            "(\\d\\d)/(\\d\\d)/(\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d)(\\.\\d{1,6})? ([AP])M(?: ([+-]\\d{4}))?");

    @Override
    public String name() {
        return "windows.text";
    }

    @Override
    public String firstBytes() {
        return "MA0123456789";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(Span text) {
        byte first = text.bytes()[text.from()];
        return first == 'M'
                ? Lines.startsWith(text.bytes(), text.from(), text.to(), SNARE)
                : first == 'A'
                        ? Lines.startsWith(text.bytes(), text.from(), text.to(), WINCOLLECT)
                        : isClassic(text.bytes(), text.from(), text.to());
    }

    private static boolean isClassic(byte[] bytes, int from, int to) {
        int lineEnd = Lines.end(bytes, from, Math.min(to, from + STAMP_CHARS));
        return lineEnd < to
                && from + 2 < to
                && bytes[from + 2] == '/'
                && Lines.startsWith(bytes, Lines.skipBlanks(bytes, lineEnd, to), to, LOG_NAME);
    }

    /** Up to the next time that a {@code LogName} follows. */
    @Override
    public int end(Span text) {
        byte[] bytes = text.bytes();
        int end = Lines.end(bytes, text.from(), text.to());
        if (bytes[text.from()] > '9') {
            return end;
        }
        int next = Lines.find(bytes, end + 2, text.to(), "\n" + LOG_NAME);
        if (next < 0) {
            return text.to();
        }
        int stamp = next - 1;
        while (stamp > end && bytes[stamp] != '\n') {
            stamp--;
        }
        return stamp;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        if (record.length() > context.limits().fieldChars()) {
            return context.rejected(Reason.TOO_LONG, this);
        }
        String text = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        WindowsRecord event = new WindowsRecord();
        String message = text.startsWith(SNARE)
                ? snare(text, event)
                : text.startsWith(WINCOLLECT) ? winCollect(text, event) : classic(text, event);
        EventMessage.fill(event, message);
        return WindowsEvents.map(event, context, this);
    }

    private static @Nullable String snare(String text, WindowsRecord event) {
        String[] columns = tabbed(text).split("\t", -1);
        if (columns.length < COLUMNS) {
            return null;
        }
        event.system(
                columns[5],
                columns[6],
                columns[2],
                columns[10],
                columns.length > COLUMNS ? columns[COLUMNS] : columns[3],
                columns[4]);
        return columns[COLUMNS - 1];
    }

    /** With the tabs that relays turned into blanks or {@code #011}, and without one between a time and its year. */
    private static String tabbed(String text) {
        return BLANK.matcher(YEAR.matcher(text.replace("#011", "\t")).replaceFirst("$1 $2\t"))
                .replaceFirst(SNARE + "\t$1\t");
    }

    private static @Nullable String winCollect(String text, WindowsRecord event) {
        int at = text.indexOf("\tMessage=");
        Map<String, String> pairs = pairs(at < 0 ? text : text.substring(0, at), '\t');
        event.system(
                pairs.get("EventIDCode") == null ? pairs.get("EventID") : pairs.get("EventIDCode"),
                pairs.get("Source"),
                pairs.get("AgentLogFile"),
                pairs.get("Computer") == null ? pairs.get("OriginatingComputer") : pairs.get("Computer"),
                pairs.get("RecordNumber"),
                pairs.get("TimeGenerated"));
        return at < 0 ? null : text.substring(at + "\tMessage=".length());
    }

    private static @Nullable String classic(String text, WindowsRecord event) {
        int at = text.indexOf("\nMessage=");
        Map<String, String> pairs = pairs(at < 0 ? text : text.substring(0, at), '\n');
        event.system(
                pairs.get("EventCode"),
                pairs.get("SourceName"),
                pairs.get("LogName"),
                pairs.get("ComputerName"),
                pairs.get("RecordNumber"),
                classicTime(text));
        return at < 0 ? null : text.substring(at + "\nMessage=".length());
    }

    private static @Nullable String classicTime(String text) {
        Matcher time = CLASSIC_TIME.matcher(text);
        if (!time.lookingAt()) {
            return null;
        }
        int hour = Integer.parseInt(time.group(4)) % 12 + (time.group(8).equals("P") ? 12 : 0);
        return time.group(3) + "-" + time.group(1) + "-" + time.group(2) + "T" + (hour < 10 ? "0" : "") + hour + ":"
                + time.group(5) + ":" + time.group(6) + (time.group(7) == null ? "" : time.group(7))
                + (time.group(9) == null ? "" : time.group(9));
    }

    /** The first pair of each name. */
    private static Map<String, String> pairs(String text, char separator) {
        Map<String, String> pairs = new HashMap<>();
        for (int from = 0; from < text.length(); ) {
            int next = text.indexOf(separator, from);
            int end = next < 0 ? text.length() : next;
            int equals = text.indexOf('=', from);
            if (equals > from && equals < end) {
                pairs.putIfAbsent(
                        text.substring(from, equals),
                        text.substring(equals + 1, end).strip());
            }
            from = end + 1;
        }
        return pairs;
    }
}
