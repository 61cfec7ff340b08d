package io.clicktrail.enricher.domain;

import org.jspecify.annotations.Nullable;

/**
 * Where a URL finally leads, out of the links of mail gateways and redirectors around it.
 *
 * @param wrapper host of the last wrapper around it, null where there is none
 */
record UnwrappedUrl(ParsedUrl target, @Nullable String wrapper) {

    private static final int MAX_UNWRAPS = 5;

    /** Unwraps at most {@value #MAX_UNWRAPS} layers; null where the text is no web URL. */
    static @Nullable UnwrappedUrl of(String url, UrlParser urls, Rewriters rewriters) {
        if (!(urls.parse(url) instanceof ParsedUrl given)) {
            return null;
        }
        ParsedUrl target = given;
        @Nullable String wrapper = null;
        for (int i = 0; i < MAX_UNWRAPS; i++) {
            String inner = rewriters.unwrap(target);
            if (inner == null || !(urls.parse(inner) instanceof ParsedUrl next)) {
                break;
            }
            wrapper = target.host();
            target = next;
        }
        return new UnwrappedUrl(target, wrapper);
    }
}
