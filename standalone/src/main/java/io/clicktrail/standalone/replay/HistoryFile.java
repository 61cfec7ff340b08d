package io.clicktrail.standalone.replay;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.enricher.history.feed.HistoryFormat;
import io.clicktrail.enricher.history.feed.HistoryReader;
import io.clicktrail.enricher.history.feed.HistorySink;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of domains' histories, plain or compressed.
 *
 * @param format null to detect it from the first bytes
 * @param source who says so, null for the format's default
 */
public record HistoryFile(
        Path path, @Nullable HistoryFormat format, @Nullable String source) {

    /**
     * Reads the file to its end.
     *
     * @param listed when the source said so; null where that is not known
     */
    public void read(Catalogues catalogues, @Nullable Instant listed, HistorySink sink) throws UnreadableLogException {
        try (InputStream in = new BufferedInputStream(new LogFile(path, 0).openText(), HistoryReader.BEGINNING)) {
            in.mark(HistoryReader.BEGINNING);
            String beginning = new String(in.readNBytes(HistoryReader.BEGINNING), StandardCharsets.UTF_8);
            in.reset();
            HistoryFormat form = format == null ? HistoryFormat.of(beginning) : format;
            HistoryReader.read(in, form, catalogues.domains(), source == null ? form.source() : source, listed, sink);
        } catch (IOException e) {
            throw UnreadableLogException.in(path, e);
        }
    }

    /** Collects entries and skips refused ones. */
    static HistorySink into(List<DomainHistory> entries) {
        return new HistorySink() {
            @Override
            public void take(DomainHistory entry) {
                entries.add(entry);
            }

            @Override
            public void refuse(int number, String reason) {
                // Reported by the command that loads histories.
            }
        };
    }
}
