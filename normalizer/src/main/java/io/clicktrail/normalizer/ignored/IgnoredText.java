package io.clicktrail.normalizer.ignored;

import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code ignored.tsv}, by their first {@value #MAX_HEAD} bytes. Their patterns are the platform's: on so
 * short a text their worst case is bounded. Only those are tried that a line with such a first byte may match.
 */
public final class IgnoredText implements TextFormat {

    private static final int MAX_HEAD = 256;

    private final List<IgnoredRecords> rows = IgnoredRecords.of("text");
    private final Line[][] linesByFirstByte =
            byFirstByte(rows.stream().map(Line::of).toList());

    private static Line[][] byFirstByte(List<Line> lines) {
        return IntStream.range(0, 256)
                .mapToObj(Character::toString)
                .map(first ->
                        lines.stream().filter(line -> line.mayBegin(first)).toArray(Line[]::new))
                .toArray(Line[][]::new);
    }

    @Override
    public String name() {
        return "ignored.text";
    }

    @Override
    public List<String> datasets() {
        return IgnoredRecords.datasets(rows);
    }

    @Override
    public boolean recognises(Span text) {
        return row(text) != null;
    }

    private @Nullable IgnoredRecords row(Span text) {
        int end = Math.min(Lines.end(text.bytes(), text.from(), text.to()), text.from() + MAX_HEAD);
        String head = new String(text.bytes(), text.from(), end - text.from(), StandardCharsets.ISO_8859_1);
        for (Line line : linesByFirstByte[text.bytes()[text.from()] & 255]) {
            if (line.matches(head)) {
                return line.row();
            }
        }
        return null;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        IgnoredRecords row = row(record);
        return row == null
                ? context.rejected(Reason.UNKNOWN_FORMAT, this)
                : new Outcome.Ignored(row.dataset(), row.reason());
    }

    /** What a line must begin with, and what must not be in it. */
    private record Line(
            IgnoredRecords row, Pattern beginning, @Nullable Pattern exception) {

        static Line of(IgnoredRecords row) {
            String[] parts = row.signature().split(" unless ", 2);
            return new Line(row, Pattern.compile(parts[0]), parts.length == 1 ? null : Pattern.compile(parts[1]));
        }

        /** Whether a line with this first character may match: the pattern fits it, or wants to see more. */
        boolean mayBegin(String first) {
            Matcher matcher = beginning.matcher(first);
            return matcher.lookingAt() || matcher.hitEnd();
        }

        boolean matches(String head) {
            return beginning.matcher(head).lookingAt()
                    && (exception == null || !exception.matcher(head).find());
        }
    }
}
