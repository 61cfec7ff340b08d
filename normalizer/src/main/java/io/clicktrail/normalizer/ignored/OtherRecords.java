package io.clicktrail.normalizer.ignored;

import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Outcome.Ignored;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records of products that nobody has described and that no other format reads, JSON or a line, in which a bounded
 * search finds no fact of a chain. Those that hold one are rejected, for they should be read.
 */
public final class OtherRecords implements TextFormat {

    private static final String DATASET = "other";
    private static final int MAX_HEAD = 128;
    private static final int MAX_PROGRAM = 32;

    /** A clock time, seconds since 1970 or several pairs: a line that begins so is one of a log. */
    private static final Pattern BEGINNING = Pattern.compile(
            ".*?\\d\\d?:\\d\\d(?::\\d\\d|(?: ?[AP]M)?\\b).*|\\W{0,3}1[0-9]{9}(?:\\D.*|[0-9]{3}.*)|.*?(?:\\w=.*?){4}",
            Pattern.DOTALL);

    private static final Pattern PROGRAM =
            Pattern.compile("([A-Za-z][\\w.-]{1," + (MAX_PROGRAM - 1) + "})(?:\\[\\d+\\])?:?(?: .*|$)", Pattern.DOTALL);

    private final ChainFacts facts = new ChainFacts();

    @Override
    public String name() {
        return "ignored.other";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(Span text) {
        Span line = new Span(text.bytes(), text.from(), Lines.end(text.bytes(), text.from(), text.to()));
        return isLogLine(line) && facts.in(line, null) == null;
    }

    /** Whether a line begins as those of logs do. */
    public boolean isLogLine(Span line) {
        return BEGINNING.matcher(head(line)).matches();
    }

    private static String head(Span line) {
        int length = Math.min(line.length(), MAX_HEAD);
        return new String(line.bytes(), line.from(), length, StandardCharsets.ISO_8859_1);
    }

    /**
     * The first fact of a record, or of the envelope around it; null where there is none.
     *
     * @param envelope the outermost one; null where there is none
     */
    public @Nullable String fact(Span record, @Nullable Span envelope) {
        return facts.in(record, envelope);
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        return left(record, null);
    }

    /**
     * The outcome of a record without facts.
     *
     * @param stream the name of the log, as the envelope has it
     */
    public Ignored left(Span record, @Nullable String stream) {
        var matcher = PROGRAM.matcher(head(record));
        return new Ignored(DATASET, "no fact of a chain", matcher.matches() ? matcher.group(1) : stream);
    }
}
