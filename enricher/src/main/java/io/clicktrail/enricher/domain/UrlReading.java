package io.clicktrail.enricher.domain;

/** What a text that should be a URL turned out to be. */
public sealed interface UrlReading permits ParsedUrl, UrlReading.OtherScheme, UrlReading.Unreadable {

    /**
     * A URL that leads to no host on the web: file, data, javascript, search-ms and the like.
     *
     * @param scheme lower case
     */
    record OtherScheme(String scheme) implements UrlReading {}

    /** No URL. */
    record Unreadable(String reason) implements UrlReading {}
}
