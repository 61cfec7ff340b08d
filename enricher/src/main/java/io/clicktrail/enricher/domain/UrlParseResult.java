package io.clicktrail.enricher.domain;

/** What a text that should be a URL turned out to be. */
public sealed interface UrlParseResult permits ParsedUrl, UrlParseResult.OtherScheme, UrlParseResult.Unreadable {

    /**
     * A URL that leads to no host on the web: file, data, javascript, search-ms and the like.
     *
     * @param scheme lower case
     */
    record OtherScheme(String scheme) implements UrlParseResult {}

    /** No URL. */
    record Unreadable(String reason) implements UrlParseResult {}
}
