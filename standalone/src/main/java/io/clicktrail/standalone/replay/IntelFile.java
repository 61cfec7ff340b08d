package io.clicktrail.standalone.replay;

import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.intel.feed.FeedException;
import io.clicktrail.enricher.intel.feed.FeedFormat;
import io.clicktrail.enricher.intel.feed.FeedOptions;
import io.clicktrail.enricher.intel.feed.FeedReader;
import io.clicktrail.enricher.intel.feed.IndicatorSink;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.intel.Indicator;
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
 * A file of indicators, plain or compressed.
 *
 * @param feed its form, null to detect it from the first bytes
 * @param source who lists them, null for the form's default
 * @param confidence 1-100 where the feed gives none, null for the form's default
 */
public record IntelFile(
        Path path,
        @Nullable FeedFormat feed,
        @Nullable String source,
        @Nullable Integer confidence) {

    /**
     * Reads the file to its end.
     *
     * @param now listing time of entries without a date
     * @param over entries that have expired by then are withdrawn
     */
    public void read(Catalogues catalogues, Instant now, Instant over, IndicatorSink intake)
            throws UnreadableLogException {
        var reader = new FeedReader(catalogues.domains(), new UrlParser(catalogues.extensions()));
        try (InputStream in = new BufferedInputStream(new LogFile(path, 0).openText(), FeedReader.BEGINNING)) {
            in.mark(FeedReader.BEGINNING);
            String beginning = new String(in.readNBytes(FeedReader.BEGINNING), StandardCharsets.UTF_8);
            in.reset();
            FeedFormat form = feed == null ? FeedFormat.of(beginning) : feed;
            var loading = new FeedOptions(source == null ? form.source() : source, confidence, now, over);
            reader.read(in, form, loading, intake);
        } catch (IOException e) {
            throw UnreadableLogException.in(path, e);
        } catch (FeedException e) {
            throw new UnreadableLogException(path + ": " + e.getMessage());
        }
    }

    /** Collects indicators and skips withdrawn and refused ones. */
    static IndicatorSink into(List<Indicator> indicators) {
        return new IndicatorSink() {
            @Override
            public void take(Indicator indicator) {
                indicators.add(indicator);
            }

            @Override
            public void withdraw(String key) {
                // No indicator is active before a replay.
            }

            @Override
            public void refuse(int line, String reason) {
                // Reported by the command that loads feeds.
            }
        };
    }
}
