package io.clicktrail.normalizer.zeek;

import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.fields.DelimitedRow;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zeek's logs as tab-separated rows (docs.zeek.org, Zeek TSV Format Logs). The columns are those of the {@code #fields}
 * line of the same value, else those that are set for the topic; else those that Zeek writes by default, where their
 * number and what is in them fit.
 */
public final class ZeekTsv implements TextFormat {

    private static final String HEADER = "zeek.header";
    private static final String PATH = "#path";
    private static final String FIELDS = "#fields";
    private static final char LIST_SEPARATOR = ',';
    private static final int[] NO_COLUMNS = {};
    private static final List<String> HEADER_LINES = List.of(
            FIELDS, PATH, "#separator", "#set_separator", "#empty_field", "#unset_field", "#open", "#close", "#types");

    private final FieldNames names = new FieldNames();
    private final ZeekFields fields = new ZeekFields(names::slot);
    private final ZeekRecords records = new ZeekRecords(fields, this);
    private final List<ZeekColumns> defaults = ZeekColumns.defaults(names);

    @Override
    public String name() {
        return "zeek.tsv";
    }

    @Override
    public String firstBytes() {
        return "#0123456789";
    }

    @Override
    public List<String> datasets() {
        List<String> datasets = new ArrayList<>(ZeekLogs.datasets());
        datasets.add(HEADER);
        return datasets;
    }

    /**
     * A header line, or a row: epoch seconds with six decimals and a tab or, where tabs were expanded, several blanks.
     */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        if (bytes[from] == '#') {
            for (String line : HEADER_LINES) {
                if (Lines.startsWith(bytes, from, text.to(), line)) {
                    return true;
                }
            }
            return false;
        }
        int end = from + 17;
        if (text.length() < 20 || bytes[from + 10] != '.') {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (i != from + 10 && (bytes[i] < '0' || bytes[i] > '9')) {
                return false;
            }
        }
        return bytes[end] == '\t' || (bytes[end] == ' ' && bytes[end + 1] == ' ');
    }

    /** Under a header also a row that begins with no time: not every log has one. */
    @Override
    public boolean isRow(Span text, RecordContext context) {
        ColumnHeader header = context.header(this);
        if (header == null || header.columns().length == 0) {
            return false;
        }
        int end = Lines.end(text.bytes(), text.from(), text.to());
        String line = new String(text.bytes(), text.from(), end - text.from(), StandardCharsets.UTF_8);
        return header.cells().read(line, 0, NO_COLUMNS, new TextFields(names, 0)) == header.columns().length;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        return line.charAt(0) == '#' ? header(line, context) : row(line, context);
    }

    private Outcome header(String line, RecordContext context) {
        boolean isPath = line.startsWith(PATH);
        if (isPath || line.startsWith(FIELDS)) {
            DelimitedRow cells = line.indexOf('\t') >= 0 ? DelimitedRow.TAB : DelimitedRow.EXPANDED_TAB;
            ColumnHeader known = context.header(this);
            if (isPath) {
                String log = cells.cell(line, 1);
                context.header(new ColumnHeader(name(), log == null ? ZeekLogs.OTHER : log, cells, new int[0]));
            } else {
                String log = known == null ? ZeekLogs.OTHER : known.log();
                context.header(new ColumnHeader(name(), log, cells, columns(line, cells)));
            }
        }
        return new Outcome.Ignored(HEADER, "header line");
    }

    /** {@code #path conn #fields ts uid ..}. */
    @Override
    public @Nullable ColumnHeader header(String text) {
        String line = text.replace('\t', ' ');
        int from = line.indexOf(FIELDS + " ");
        if (!line.startsWith(PATH + " ") || from < 0) {
            return null;
        }
        String log = line.substring(PATH.length(), from).strip();
        return new ColumnHeader(
                name(), log, DelimitedRow.EXPANDED_TAB, columns(line.substring(from), DelimitedRow.EXPANDED_TAB));
    }

    /** The slots of the columns that a {@code #fields} line names. */
    private int[] columns(String line, DelimitedRow cells) {
        List<String> columns = new ArrayList<>(32);
        for (int i = 1; columns.size() < ZeekColumns.MAX_COLUMNS; i++) {
            String column = cells.cell(line, i);
            if (column == null) {
                break;
            }
            columns.add(column);
        }
        return names.columns(columns.toArray(new String[0]));
    }

    private Outcome row(String line, RecordContext context) {
        ColumnHeader header = context.header(this);
        DelimitedRow cells = line.indexOf('\t') >= 0 ? DelimitedRow.TAB : DelimitedRow.EXPANDED_TAB;
        if (header != null && header.columns().length > 0) {
            return underHeader(line, header, cells, context);
        }
        int count = cells.read(line, 0, NO_COLUMNS, new TextFields(names, 0));
        for (ZeekColumns columns : defaults) {
            if (count >= columns.least() && count <= columns.most()) {
                TextFields values = new TextFields(names, context.limits().fieldChars(), LIST_SEPARATOR);
                cells.read(line, 0, columns.slots(), values);
                if (columns.isWitnessed(values)) {
                    return records.read(columns.log(), new Unescaped(values), context);
                }
            }
        }
        ZeekColumns tls = defaults.stream()
                .filter(columns -> columns.log().equals("ssl"))
                .findFirst()
                .orElseThrow();
        if (count >= tls.least() && count <= tls.most()) {
            TextFields values = new TextFields(names, context.limits().fieldChars(), LIST_SEPARATOR);
            cells.read(line, 0, tls.slots(), values);
            if (isUnversioned(values)) {
                return records.read(tls.log(), new Unescaped(values), context);
            }
        }
        return context.rejected(Reason.MISSING_FIELD, this);
    }

    /** Whether a row is one of ssl whose handshake broke off before a version was agreed on. */
    private boolean isUnversioned(TextFields values) {
        String server = values.get(fields.serverName);
        return values.get(fields.cipher) == null
                && server != null
                && server.indexOf('.') > 0
                && Hosts.domainName(server) != null;
    }

    private Outcome underHeader(String line, ColumnHeader header, DelimitedRow cells, RecordContext context) {
        if (!header.log().equals(ZeekLogs.OTHER) && !ZeekLogs.READ.contains(header.log())) {
            return records.read(header.log(), new TextFields(names, 0), context);
        }
        TextFields values = new TextFields(names, context.limits().fieldChars(), LIST_SEPARATOR);
        if (cells.read(line, 0, header.columns(), values) != header.columns().length) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String log = header.log().equals(ZeekLogs.OTHER) ? ZeekLogs.byFields(fields, values) : header.log();
        return records.read(log, new Unescaped(values), context);
    }

    /** Values with Zeek's {@code \xHH} undone, which it writes for tabs, backslashes and whatever is no ASCII. */
    private record Unescaped(TextFields values) implements Fields {

        @Override
        public @Nullable String get(int slot) {
            String value = values.get(slot);
            return value == null || value.indexOf("\\x") < 0 ? value : unescaped(value);
        }

        @Override
        public List<String> all(int slot) {
            return values.all(slot).stream().map(Unescaped::unescaped).toList();
        }

        @Override
        public boolean has(int slot) {
            return values.has(slot);
        }

        @Override
        public boolean truncated() {
            return values.truncated();
        }

        private static String unescaped(String text) {
            int at = text.indexOf("\\x");
            if (at < 0) {
                return text;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
            int from = 0;
            for (; at >= 0; at = text.indexOf("\\x", at + 1)) {
                int high = at + 3 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
                int low = at + 3 < text.length() ? Character.digit(text.charAt(at + 3), 16) : -1;
                if (high >= 0 && low >= 0) {
                    bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                    bytes.write(high << 4 | low);
                    from = at + 4;
                }
            }
            bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
