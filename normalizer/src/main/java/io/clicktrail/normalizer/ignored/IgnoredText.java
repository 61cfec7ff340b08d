package io.clicktrail.normalizer.ignored;

import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code ignored.tsv}, by their first {@value #MAX_HEAD} bytes. Their patterns are the platform's: on so
 * short a text their worst case is bounded, and most of them fail at the first letter, in a fraction of re2j's time.
 */
public final class IgnoredText implements TextFormat {

    private static final int MAX_HEAD = 256;

    private final List<IgnoredRecords> rows = IgnoredRecords.of("text");
    private final List<Line> lines =
            rows.stream().map(row -> Line.of(row.signature())).toList();

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
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(head)) {
                return rows.get(i);
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
    private record Line(Pattern beginning, @Nullable Pattern exception) {

        static Line of(String signature) {
            String[] parts = signature.split(" unless ", 2);
            return new Line(Pattern.compile(parts[0]), parts.length == 1 ? null : Pattern.compile(parts[1]));
        }

        boolean matches(String head) {
            return beginning.matcher(head).lookingAt()
                    && (exception == null || !exception.matcher(head).find());
        }
    }
}
