package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.intel.Weight;
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

    /** Bytes from which the form of a feed can be told. */
    public static final int BEGINNING = 8_192;

    private static final int ASSUMED_CONFIDENCE = 70;
    private static final int MAX_WORDS = 120;
    private static final int SHA256_DIGITS = 64;

    private final Weight weight;
    private final Names names;
    private final UrlParser urls;

    public FeedReader(DomainCatalogue domains, UrlParser urls) {
        this.weight = domains.intelWeight();
        this.names = new Names(domains, urls);
        this.urls = urls;
    }

    /**
     * Reads a feed.
     *
     * @throws FeedException if the file is no feed of this form
     */
    public void read(InputStream in, Feed feed, Loading loading, Intake intake) throws IOException, FeedException {
        Entries entries = new Entries(listing -> take(listing, loading, intake), intake);
        switch (feed) {
            case URLHAUS_CSV -> CsvFeeds.urlhaus(in, entries);
            case PHISHTANK_CSV -> CsvFeeds.phishtank(in, entries);
            case PLAIN -> CsvFeeds.plain(in, entries);
            case URLHAUS_JSON, MISP_EVENT, STIX_BUNDLE -> JsonFeeds.read(in, feed, entries);
        }
    }

    private void take(Listing listing, Loading loading, Intake intake) {
        @Nullable Integer given = listing.confidence() == null ? loading.confidence() : listing.confidence();
        int sure = given == null ? ASSUMED_CONFIDENCE : Math.clamp(given, 1, 100);
        switch (named(listing)) {
            case Names.Refused refused -> intake.refuse(listing.line(), refused.reason());
            case Names.Named named -> {
                give(listing, named, sure, loading, intake);
                if (named.behind() != null) {
                    give(listing, named.behind(), Math.max(1, sure / 2), loading, intake);
                }
            }
        }
    }

    private Names.Naming named(Listing listing) {
        String value = listing.value().strip();
        return switch (listing.kind()) {
            case URL -> names.ofUrl(value);
            case NAME -> names.ofName(value);
            case ADDRESS -> names.ofAddress(value);
            case SHA256 -> ofHash(value);
            case UNSAID -> {
                if (value.contains("://")) {
                    yield names.ofUrl(value);
                }
                if (value.length() == SHA256_DIGITS && ofHash(value) instanceof Names.Named hash) {
                    yield hash;
                }
                yield Names.isAddress(value) ? names.ofAddress(value) : names.ofName(value);
            }
        };
    }

    private static Names.Naming ofHash(String value) {
        String hash = value.toLowerCase(Locale.ROOT);
        boolean hex = hash.length() == SHA256_DIGITS && hash.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return hex ? new Names.Named(IndicatorType.SHA256, hash, null) : new Names.Refused("is no SHA-256");
    }

    private void give(Listing listing, Names.Named named, int confidence, Loading loading, Intake intake) {
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
