package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.intel.IntelWeights;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feed into indicators in canonical form. An entry that would name what strangers share, or everybody's daily
 * names, is refused: feeds hold the victims too.
 */
public final class FeedReader {

    /** Bytes that show the format of a feed. */
    public static final int BEGINNING = 8_192;

    private static final int ASSUMED_CONFIDENCE = 70;
    private static final int MAX_WORDS = 120;
    private static final int SHA256_DIGITS = 64;

    private final IntelWeights weight;
    private final CanonicalIndicators names;
    private final UrlParser urls;

    public FeedReader(DomainCatalogue domains, UrlParser urls) {
        this.weight = domains.intelWeight();
        this.names = new CanonicalIndicators(domains, urls);
        this.urls = urls;
    }

    /**
     * Reads a feed.
     *
     * @throws FeedException if the file is no feed of this form
     */
    public void read(InputStream in, FeedFormat feed, FeedOptions loading, IndicatorSink intake)
            throws IOException, FeedException {
        FeedEntrySink entries = new FeedEntrySink(listing -> take(listing, loading, intake), intake);
        switch (feed) {
            case URLHAUS_CSV -> CsvFeeds.urlhaus(in, entries);
            case PHISHTANK_CSV -> CsvFeeds.phishtank(in, entries);
            case PLAIN -> CsvFeeds.plain(in, entries);
            case URLHAUS_JSON, MISP_EVENT, STIX_BUNDLE -> JsonFeeds.read(in, feed, entries);
        }
    }

    private void take(FeedEntry listing, FeedOptions loading, IndicatorSink intake) {
        @Nullable Integer given = listing.confidence() == null ? loading.confidence() : listing.confidence();
        int sure = given == null ? ASSUMED_CONFIDENCE : Math.clamp(given, 1, 100);
        switch (named(listing)) {
            case CanonicalIndicators.Refused refused -> intake.refuse(listing.line(), refused.reason());
            case CanonicalIndicators.Named named -> {
                give(listing, named, sure, loading, intake);
                if (named.behind() != null) {
                    give(listing, named.behind(), Math.max(1, sure / 2), loading, intake);
                }
            }
        }
    }

    private CanonicalIndicators.Naming named(FeedEntry listing) {
        String value = listing.value().strip();
        return switch (listing.kind()) {
            case URL -> names.ofUrl(value);
            case NAME -> names.ofName(value);
            case ADDRESS -> names.ofAddress(value);
            case SHA256 -> ofHash(value);
            case UNKNOWN -> {
                if (value.contains("://")) {
                    yield names.ofUrl(value);
                }
                if (value.length() == SHA256_DIGITS && ofHash(value) instanceof CanonicalIndicators.Named hash) {
                    yield hash;
                }
                yield CanonicalIndicators.isAddress(value) ? names.ofAddress(value) : names.ofName(value);
            }
        };
    }

    private static CanonicalIndicators.Naming ofHash(String value) {
        String hash = value.toLowerCase(Locale.ROOT);
        boolean hex = hash.length() == SHA256_DIGITS && hash.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return hex
                ? new CanonicalIndicators.Named(IndicatorType.SHA256, hash, null)
                : new CanonicalIndicators.Refused("is no SHA-256");
    }

    private void give(
            FeedEntry listing,
            CanonicalIndicators.Named named,
            int confidence,
            FeedOptions loading,
            IndicatorSink intake) {
        Instant listed = dated(listing.listed(), loading.undated());
        Instant byAge = weight.end(named.type(), confidence, listed);
        Instant expires = listing.expires() != null && listing.expires().isBefore(byAge) ? listing.expires() : byAge;
        var indicator = new Indicator(
                named.type(),
                named.value(),
                loading.source(),
                confidence,
                cut(listing.threat()),
                listed,
                expires,
                cut(listing.reference()));
        if (listing.withdrawn() || !expires.isAfter(loading.over())) {
            intake.withdraw(IntelTable.key(indicator));
        } else {
            intake.take(indicator);
        }
    }

    /** Feeds of the future and of before all feeds are mistaken. */
    private static Instant dated(@Nullable Instant given, Instant undated) {
        return given == null || given.isAfter(undated) || given.isBefore(Instant.EPOCH) ? undated : given;
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS);
    }
}
