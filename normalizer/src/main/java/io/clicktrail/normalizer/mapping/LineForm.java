package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.mapping.Mapping.Layout;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One form of a mapped format whose records are lines. */
final class LineForm {

    private static final int[] NONE = {};

    private final Signature.Line signature;
    private final Mark[] contains;
    private final Mark[] all;
    private final LineBuffer buffer;
    private final FieldNames names = new FieldNames();
    private final CaseReader[] cases;

    /** The slot of each group of the pattern, of each cell of a row. */
    private final int[] slots;

    private final int lineSlot;

    LineForm(Mapping mapping, LineBuffer buffer) {
        this.signature = (Signature.Line) mapping.signature();
        this.contains = Mark.of(signature.contains());
        this.all = Mark.of(signature.all());
        this.buffer = buffer;
        this.cases = CaseReader.of(mapping, new Compiler(this::slot, null));
        this.lineSlot = names.find(TextSource.LINE, 0, TextSource.LINE.length());
        this.slots = switch (signature.layout()) {
            case Layout.Groups groups -> groups(groups);
            case Layout.Pairs any -> NONE;
            case Layout.Cells cells ->
                header().isEmpty() ? cells() : names.columns(cells.columns().toArray(String[]::new));
        };
    }

    private int slot(String name) {
        int column = signature.layout() instanceof Layout.Cells cells && header().isEmpty()
                ? cells.columns().indexOf(name)
                : -1;
        return names.slot(column < 0 ? name : Integer.toString(column + 1));
    }

    private int[] groups(Layout.Groups layout) {
        int most = layout.pattern().groups().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        int[] groups = new int[most + 1];
        Arrays.fill(groups, FieldNames.NONE);
        layout.pattern().groups().forEach((name, number) -> groups[number] = names.find(name, 0, name.length()));
        return groups;
    }

    private int[] cells() {
        int[] columns = new int[Layout.Cells.MAX_CELLS];
        for (int i = 0; i < columns.length; i++) {
            String number = Integer.toString(i + 1);
            columns[i] = names.find(number, 0, number.length());
        }
        return columns;
    }

    /** What the line begins with that names the columns; empty where none does. */
    String header() {
        return signature.layout() instanceof Layout.Cells cells ? cells.header() : "";
    }

    /** What a line says of the columns of the rows after it; null where it is no header. */
    @Nullable
    ColumnHeader header(String line, String format) {
        return header().isEmpty() || !line.startsWith(header()) || !(signature.layout() instanceof Layout.Cells cells)
                ? null
                : new ColumnHeader(
                        format,
                        format,
                        cells.row(),
                        names.columns(line.substring(header().length()).strip().split("[\\s,]+")));
    }

    /** Whether the line to which the buffer has turned has as many cells as a header has columns. */
    boolean isRow(ColumnHeader header) {
        return header.cells().read(buffer.characters(), 0, NONE, new TextFields(names, 0)) == header.columns().length;
    }

    /** The first bytes of its lines; empty where any may be. */
    String firstBytes() {
        return signature.begins().stream()
                .map(text -> text.substring(0, 1))
                .distinct()
                .collect(Collectors.joining());
    }

    boolean isQuoted() {
        return signature.layout() instanceof Layout.Cells cells && cells.row().isQuoted();
    }

    /** Whether lines of this form begin as a text does. */
    boolean begins(Span text) {
        List<String> begins = signature.begins();
        for (int i = 0; i < begins.size(); i++) {
            if (Lines.startsWith(text.bytes(), text.from(), text.to(), begins.get(i))) {
                return true;
            }
        }
        return begins.isEmpty();
    }

    /** Whether a line, to which the buffer has turned and which begins as it should, is of this form. */
    boolean fits(Span line) {
        return containsOne()
                && containsAll()
                && (signature.pattern() == null || signature.pattern().places(buffer.characters()) != null)
                && (!signature.isWhole() || line.length() > TextPattern.MAX_TEXT || isLaidOut());
    }

    private boolean containsOne() {
        for (Mark mark : contains) {
            if (buffer.contains(mark)) {
                return true;
            }
        }
        return contains.length == 0;
    }

    private boolean containsAll() {
        for (Mark mark : all) {
            if (!buffer.contains(mark)) {
                return false;
            }
        }
        return true;
    }

    private boolean isLaidOut() {
        int[] places = switch (signature.layout()) {
            case Layout.Groups groups -> groups.pattern().places(buffer.characters());
            case Layout.Pairs any -> NONE;
            case Layout.Cells cells ->
                cells.row().read(buffer.characters(), 0, NONE, new TextFields(names, 0)) >= cells.least() ? NONE : null;
        };
        if (places != null) {
            buffer.recognised(this, places);
        }
        return places != null;
    }

    Outcome read(Span line, RecordContext context, Format format) {
        if (line.length() > TextPattern.MAX_TEXT) {
            return context.rejected(Reason.TOO_LONG, format);
        }
        TextFields fields =
                fields(line, context.limits().fieldChars(), header().isEmpty() ? null : context.header(format));
        return fields == null
                ? context.rejected(Reason.NO_MATCH, format)
                : CaseReader.read(cases, fields, context, format);
    }

    private @Nullable TextFields fields(Span line, int fieldChars, @Nullable ColumnHeader header) {
        TextFields fields = new TextFields(names, fieldChars);
        boolean isRecognised = buffer.recogniser(line) == this;
        if (!isRecognised) {
            buffer.turnTo(line);
        }
        String text = buffer.characters();
        fields.take(lineSlot, text, 0, text.length());
        switch (signature.layout()) {
            case Layout.Groups groups -> {
                int[] places = isRecognised ? buffer.take() : groups.pattern().places(text);
                if (places == null) {
                    return null;
                }
                for (int i = 1; i < slots.length; i++) {
                    if (places[i * 2] >= 0) {
                        fields.take(slots[i], text, places[i * 2], places[i * 2 + 1]);
                    }
                }
            }
            case Layout.Pairs pairs -> pairs.pairs().read(text, pairs.start(text), names, fields);
            case Layout.Cells cells -> {
                int count = cells.row().read(text, 0, header == null ? slots : header.columns(), fields);
                if (header == null ? count < cells.least() : count != header.columns().length) {
                    return null;
                }
            }
        }
        return fields;
    }
}
