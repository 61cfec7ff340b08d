package io.clicktrail.normalizer.proxy;

import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.fields.DelimitedRow;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blue Coat's access log in the Extended Log File Format (W3C, Extended Log File Format; the columns of the log "main"
 * by default). The columns are those of the {@code #Fields:} line of the same value, else those that are set for the
 * topic, else those of "main".
 */
public final class BlueCoatElff implements TextFormat {

    private static final String HEADER = "bluecoat.header";
    private static final String FIELDS = "#Fields:";
    private static final List<String> HEADER_LINES =
            List.of(FIELDS, "#Software:", "#Version:", "#Start-Date:", "#End-Date:", "#Date:", "#Remark:");
    private static final List<String> SIGNS = List.of(" OBSERVED ", " DENIED ", " PROXIED ", " TCP_");
    private static final int[] NO_COLUMNS = {};
    private static final int STAMP = 20;
    private static final int MIN_MAIN = 25;

    private final BlueCoatRow row = new BlueCoatRow();
    private final int[] main =
            row.names.columns(("date time time-taken c-ip cs-username cs-auth-group x-exception-id sc-filter-result "
                            + "cs-categories cs(Referer) sc-status s-action cs-method"
                            + " rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query "
                            + "cs-uri-extension cs(User-Agent) s-ip sc-bytes"
                            + " cs-bytes x-virus-id")
                    .split(" "));

    @Override
    public String name() {
        return "bluecoat.elff";
    }

    @Override
    public List<String> datasets() {
        return List.of(BlueCoatRow.DATASET, HEADER);
    }

    /**
     * A header line, or a row that begins with date and time and holds one of the proxy's own codes; others need a
     * header.
     */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        if (bytes[from] == '#') {
            return HEADER_LINES.stream().anyMatch(line -> Lines.startsWith(bytes, from, text.to(), line));
        }
        if (text.length() < STAMP
                || bytes[from + 4] != '-'
                || bytes[from + 10] != ' '
                || bytes[from + 13] != ':'
                || bytes[from + 19] != ' ') {
            return false;
        }
        int end = Lines.end(bytes, from, text.to());
        for (String sign : SIGNS) {
            if (Lines.find(bytes, from, end, sign) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isRow(Span text, RecordContext context) {
        ColumnHeader header = context.header(this);
        if (header == null) {
            return false;
        }
        int end = Lines.end(text.bytes(), text.from(), text.to());
        String line = new String(text.bytes(), text.from(), end - text.from(), StandardCharsets.UTF_8);
        int count = DelimitedRow.BLANK.read(line, 0, NO_COLUMNS, new TextFields(row.names, 0));
        return count == header.columns().length;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        if (line.charAt(0) == '#') {
            ColumnHeader named = header(line);
            if (named != null) {
                context.header(named);
            }
            return new Outcome.Ignored(HEADER, "header line");
        }
        ColumnHeader header = context.header(this);
        int[] columns = header == null ? main : header.columns();
        TextFields values = new TextFields(row.names, context.limits().fieldChars());
        int count = DelimitedRow.BLANK.read(line, 0, columns, values);
        boolean fits = header == null ? count >= MIN_MAIN : count == columns.length;
        return fits ? row.read(values, context, this) : context.rejected(Reason.MISSING_FIELD, this);
    }

    /** {@code #Fields: date time c-ip ..}. */
    @Override
    public @Nullable ColumnHeader header(String text) {
        if (!text.startsWith(FIELDS)) {
            return null;
        }
        String[] columns = text.substring(FIELDS.length()).strip().split("[ \t]+");
        return new ColumnHeader(name(), BlueCoatRow.DATASET, DelimitedRow.BLANK, row.names.columns(columns));
    }
}
