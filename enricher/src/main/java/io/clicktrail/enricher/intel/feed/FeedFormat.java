package io.clicktrail.enricher.intel.feed;

import java.util.List;
import java.util.Locale;

/** The file formats of indicator feeds that can be loaded. */
public enum FeedFormat {
    /** abuse.ch URLhaus, CSV: id, dateadded, url, url_status, last_online, threat, tags, urlhaus_link, reporter. */
    URLHAUS_CSV,
    /** abuse.ch URLhaus, JSON: lists of entries by id, or under {@code urls}. */
    URLHAUS_JSON,
    /**
     * PhishTank, CSV: phish_id, url, phish_detail_url, submission_time, verified, verification_time, online, target.
     */
    PHISHTANK_CSV,
    /** A MISP event as feeds publish it. */
    MISP_EVENT,
    /** A STIX 2.1 bundle. */
    STIX_BUNDLE,
    /** One URL, name, address, network or SHA-256 a line; what follows a # does not count. */
    PLAIN;

    /** Name of the source where the operator gives none. */
    public String source() {
        return switch (this) {
            case URLHAUS_CSV, URLHAUS_JSON -> "urlhaus";
            case PHISHTANK_CSV -> "phishtank";
            case MISP_EVENT -> "misp";
            case STIX_BUNDLE -> "stix";
            case PLAIN -> "operator";
        };
    }

    /** The form of a file by its beginning, some kilobytes of text. */
    public static FeedFormat of(String beginning) {
        String text = beginning.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("{") || text.startsWith("[")) {
            if (text.contains("\"event\"") && !text.contains("\"bundle\"")) {
                return MISP_EVENT;
            }
            boolean isUrlhaus = List.of("urlhaus", "\"dateadded\"", "\"date_added\"").stream()
                    .anyMatch(text::contains);
            return isUrlhaus ? URLHAUS_JSON : STIX_BUNDLE;
        }
        if (text.startsWith("phish_id,")) {
            return PHISHTANK_CSV;
        }
        return text.contains("id,dateadded,url") || text.contains("abuse.ch urlhaus") ? URLHAUS_CSV : PLAIN;
    }
}
