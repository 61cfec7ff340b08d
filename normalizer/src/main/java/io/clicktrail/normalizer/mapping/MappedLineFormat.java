package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mapped format whose records are lines, or rows whose quoted cells may hold line breaks. */
public final class MappedLineFormat implements TextFormat {

    private static final int MAX_ROW_BYTES = 16 << 10;

    private final String name;
    private final List<String> datasets;
    private final LineForm[] forms;
    private final String firstBytes;
    private final boolean isQuoted;
    private final boolean hasHeaders;
    private final LineBuffer buffer;

    MappedLineFormat(String name, List<String> datasets, List<Mapping> mappings, LineBuffer buffer) {
        this.name = name;
        this.buffer = buffer;
        this.datasets = datasets;
        this.forms = mappings.stream().map(each -> new LineForm(each, buffer)).toArray(LineForm[]::new);
        List<String> first = List.of(forms).stream().map(LineForm::firstBytes).toList();
        this.firstBytes = first.contains("") ? "" : String.join("", first);
        this.hasHeaders =
                List.of(forms).stream().anyMatch(form -> !form.header().isEmpty());
        this.isQuoted = List.of(forms).stream().anyMatch(LineForm::isQuoted);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> datasets() {
        return datasets;
    }

    @Override
    public String firstBytes() {
        return firstBytes;
    }

    @Override
    public boolean recognises(Span text) {
        Span line = null;
        for (LineForm form : forms) {
            if (form.begins(text)) {
                line = line == null ? turnTo(text) : line;
                if (form.fits(line)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Turns to the line that a text begins with. */
    private Span turnTo(Span text) {
        if (!isQuoted) {
            return buffer.line(text);
        }
        Span row = new Span(text.bytes(), text.from(), end(text));
        buffer.turnTo(row);
        return row;
    }

    /** The end of the line that is not inside quotes; where they are never closed, of the first. */
    @Override
    public int end(Span text) {
        if (!isQuoted) {
            return buffer.line(text).to();
        }
        byte[] bytes = text.bytes();
        int to = Math.min(text.to(), text.from() + MAX_ROW_BYTES);
        boolean isOpen = false;
        for (int at = text.from(); at < to; at++) {
            if (bytes[at] == '"') {
                isOpen = !isOpen;
            } else if (bytes[at] == '\n' && !isOpen) {
                return at;
            }
        }
        return isOpen || to < text.to() ? Lines.end(bytes, text.from(), text.to()) : to;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        if (hasHeaders) {
            buffer.turnTo(record);
            ColumnHeader named = header(buffer.characters());
            if (named != null) {
                context.header(named);
            }
        }
        return form(record).read(record, context, this);
    }

    @Override
    public @Nullable ColumnHeader header(String line) {
        for (LineForm form : forms) {
            ColumnHeader named = form.header(line, name);
            if (named != null) {
                return named;
            }
        }
        return null;
    }

    /** The last form has the rows that only a header explains. */
    @Override
    public boolean isRow(Span text, RecordContext context) {
        ColumnHeader header = context.header(this);
        if (header == null) {
            return false;
        }
        buffer.line(text);
        return forms[forms.length - 1].isRow(header);
    }

    /** The form that has just recognised a record, else the first that fits. */
    private LineForm form(Span record) {
        LineForm recogniser = buffer.recogniser(record);
        for (LineForm form : forms) {
            if (form == recogniser) {
                return form;
            }
        }
        buffer.turnTo(record);
        int form = 0;
        while (form < forms.length - 1 && !(forms[form].begins(record) && forms[form].fits(record))) {
            form++;
        }
        return forms[form];
    }
}
