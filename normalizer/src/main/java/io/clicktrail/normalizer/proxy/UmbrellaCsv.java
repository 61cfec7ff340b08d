package io.clicktrail.normalizer.proxy;

import io.clicktrail.normalizer.fields.DelimitedRow;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Umbrella's logs as quoted CSV without header (docs.umbrella.com, DNS Log Formats, Proxy Log Formats). Versions only
 * append columns; DNS and proxy rows differ in where the verdict is. A quoted cell may hold line breaks.
 */
public final class UmbrellaCsv implements TextFormat {

    private static final int STAMP = 22;
    private static final int LEAST_CELLS = 8;
    private static final int MAX_BYTES = 16_384;
    private static final int DNS_VERDICT = 5;
    private static final int PROXY_VERDICT = 6;
    private static final Set<String> VERDICTS =
            Set.of("allowed", "blocked", "proxied", "isolated", "warned", "allow", "block");

    private final FieldNames names = new FieldNames();
    private final UmbrellaRows rows = new UmbrellaRows(names::slot);
    private final int[] dns = names.columns(
            ("timestamp policyIdentity identities internalIp externalIp action queryType responseCode domain categories"
                            + " policyIdentityType identityTypes blockedCategories")
                    .split(" "));
    private final int[] proxy = names.columns(
            ("timestamp policyIdentity internalIp externalIp destinationIp contentType action url referer "
                            + "userAgent statusCode requestSize responseSize"
                            + " responseBodySize sha256 categories avDetections puas ampDisposition "
                            + "ampMalwareName ampScore policyIdentityType"
                            + " blockedCategories identities identityTypes requestMethod dlpStatus "
                            + "certificateErrors fileName")
                    .split(" "));

    @Override
    public String name() {
        return "umbrella.csv";
    }

    @Override
    public String firstBytes() {
        return "\"";
    }

    @Override
    public List<String> datasets() {
        return List.of(UmbrellaRows.DNS, UmbrellaRows.PROXY, "umbrella.other");
    }

    /** {@code "YYYY-MM-DD hh:mm:ss",} and at least eight cells in all. */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        return text.length() > STAMP
                && bytes[from + 5] == '-'
                && bytes[from + 8] == '-'
                && bytes[from + 11] == ' '
                && bytes[from + 14] == ':'
                && bytes[from + 17] == ':'
                && bytes[from + 20] == '"'
                && bytes[from + 21] == ','
                && hasCells(text);
    }

    /** Whether there are as many cells as the shortest of the logs has. */
    private boolean hasCells(Span text) {
        int end = end(text);
        int at = text.from();
        for (int i = 1; i < LEAST_CELLS; i++) {
            at = Lines.find(text.bytes(), at, end, "\",\"");
            if (at < 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** The end of the line that is not inside quotes; where they are never closed, of the first. */
    @Override
    public int end(Span text) {
        byte[] bytes = text.bytes();
        int to = Math.min(text.to(), text.from() + MAX_BYTES);
        boolean isQuoted = false;
        for (int at = text.from(); at < to; at++) {
            if (bytes[at] == '"') {
                isQuoted = !isQuoted;
            } else if (bytes[at] == '\n' && !isQuoted) {
                return at;
            }
        }
        return isQuoted || to < text.to() ? Lines.end(bytes, text.from(), text.to()) : to;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8).strip();
        boolean isDns = isVerdict(DelimitedRow.COMMA.cell(line, DNS_VERDICT));
        if (!isDns && !isVerdict(DelimitedRow.COMMA.cell(line, PROXY_VERDICT))) {
            return new Outcome.Ignored("umbrella.other", "log without use here");
        }
        TextFields row = new TextFields(names, context.limits().fieldChars());
        DelimitedRow.COMMA.read(line, 0, isDns ? dns : proxy, row);
        return isDns ? rows.dns(row, context, this) : rows.proxy(row, context, this);
    }

    private static boolean isVerdict(@Nullable String cell) {
        return cell != null && VERDICTS.contains(cell.toLowerCase(Locale.ROOT));
    }
}
