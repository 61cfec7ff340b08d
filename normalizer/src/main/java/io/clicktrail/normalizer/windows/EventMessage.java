package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.text.TabTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rendered text of an event, {@code Account Name:  ada} on lines of their own, or with two blanks or more between
 * the parts where an agent put it on one line. It fills what the data lacks.
 *
 * <p>A label counts only at the beginning of a line or after two blanks, and the first one of a field holds, so that a
 * value smuggles in no label that precedes it. A value ends at its line, or before the next label. Sysmon's labels on
 * one line count after one blank, in the order in which Sysmon writes them.
 */
final class EventMessage {

    private static final int COLUMNS = 4;
    private static final int MAX_CHARS = 64 << 10;
    private static final List<Label> LABELS = TabTable.rows("windows/labels.tsv", COLUMNS).stream()
            .map(row -> new Label(row[0], row[1], row[2], EventData.named(row[3])))
            .toList();
    private static final Set<String> SECTIONS = Set.of(
            "Subject",
            "Creator Subject",
            "Target Subject",
            "New Logon",
            "Process Information",
            "Network Information",
            "Application Information",
            "Filter Information",
            "Token Elevation Type",
            "Token Elevation Type indicates");

    private EventMessage() {}

    static void fill(WindowsRecord record, @Nullable String message) {
        if (message == null || message.length() > MAX_CHARS || !(record.isSysmon() || record.isSecurity())) {
            return;
        }
        String text = message.indexOf('\n') < 0 && message.contains("\\r\\n")
                ? message.replace("\\r\\n", "\n").replace("\\t", "\t")
                : message;
        boolean isLines = text.strip().indexOf('\n') >= 0;
        if (record.isSysmon() && !isLines) {
            fillInOrder(record, ' ' + text);
            return;
        }
        Set<String> names = new HashSet<>(SECTIONS);
        LABELS.forEach(label -> names.add(label.name));
        List<int[]> found = new ArrayList<>();
        for (int at = 0; at < text.length(); at++) {
            int colon = isBeginning(text, at) ? labelEnd(text, at, names, record.isSysmon()) : -1;
            if (colon > 0) {
                found.add(new int[] {at, colon});
                at = colon;
            }
        }
        String section = "";
        for (int i = 0; i < found.size(); i++) {
            String name = text.substring(found.get(i)[0], found.get(i)[1]);
            int next = i + 1 < found.size() ? found.get(i + 1)[0] : text.length();
            int lineEnd = isLines ? text.indexOf('\n', found.get(i)[1]) : -1;
            String value = text.substring(found.get(i)[1] + 1, lineEnd < 0 ? next : Math.min(next, lineEnd));
            if (SECTIONS.contains(name)) {
                section = name;
            }
            EventData field = record.isSysmon() ? EventData.named(name) : field(record.eventId(), section, name);
            fill(record, field, value);
        }
    }

    /** Each value ends before the next label of the order that there is. */
    private static void fillInOrder(WindowsRecord record, String line) {
        EventData last = null;
        int from = 0;
        int end = 0;
        for (String label : EventInserts.sysmonLabels(record)) {
            int next = line.indexOf(' ' + label + ':', end);
            if (next >= 0) {
                fill(record, last, line.substring(from, next));
                last = EventData.named(label);
                from = next + label.length() + 2;
                end = from;
            }
        }
        fill(record, last, line.substring(from));
    }

    private static void fill(WindowsRecord record, @Nullable EventData field, String value) {
        if (field != null && !value.isBlank() && record.data(field) == null) {
            record.data(field, value.strip());
        }
    }

    private static boolean isBeginning(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        return text.charAt(at) > ' '
                && (before == '\n' || before == '\t' || before == ' ' && at > 1 && text.charAt(at - 2) <= ' ');
    }

    /** The colon after a label that begins here, or -1. */
    private static int labelEnd(String text, int at, Set<String> names, boolean isSysmon) {
        int colon = text.indexOf(':', at);
        if (colon < 0 || colon - at > 32 || colon + 1 < text.length() && text.charAt(colon + 1) > ' ') {
            return -1;
        }
        String name = text.substring(at, colon);
        return isSysmon ? (EventData.named(name) == null ? -1 : colon) : names.contains(name) ? colon : -1;
    }

    private static @Nullable EventData field(String eventId, String section, String name) {
        for (Label label : LABELS) {
            if (label.eventId.equals(eventId)
                    && label.name.equals(name)
                    && (label.section.equals("*") || label.section.equals(section))) {
                return label.field;
            }
        }
        return null;
    }

    private record Label(
            String eventId,
            String section,
            String name,
            @Nullable EventData field) {
        Label {
            if (field == null) {
                throw new IllegalStateException("labels.tsv: no such field: " + name.toLowerCase(Locale.ROOT));
            }
        }
    }
}
