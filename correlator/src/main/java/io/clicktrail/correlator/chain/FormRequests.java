package io.clicktrail.correlator.chain;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What the address and the method of a request say of a form in which credentials are entered. */
final class FormRequests {

    private static final String LIST = "sign-in-words-2026-11.txt";
    private static final Set<String> WORDS = readWords();

    /** No longer word is on the list. */
    private static final int LONGEST = 24;

    /** More of an address is not looked at. */
    private static final int MAX_URL = 2_048;

    private static final int NO_CONTENT = 204;

    private FormRequests() {}

    /**
     * Whether a request sends a form: a POST with an answer. Pages count their readers with requests that are answered
     * by nothing or by a picture.
     */
    static boolean sendsForm(Event event) {
        var http = event.getHttp();
        if (event.getKind() != EventKind.HTTP_REQUEST || http == null || !"POST".equalsIgnoreCase(http.getMethod())) {
            return false;
        }
        var status = http.getStatusCode();
        var type = http.getMimeType();
        return (status == null || status != NO_CONTENT) && (type == null || !type.startsWith("image/"));
    }

    /** Whether host, path or query of a URL have a word that pages for signing in have: login, verify, webmail. */
    static boolean asksToSignIn(String url) {
        int end = Math.min(url.length(), MAX_URL);
        int scheme = url.indexOf("://");
        int from = scheme < 0 ? -1 : scheme + 3;
        if (from < 0) {
            return false;
        }
        int start = from;
        for (int i = from; i <= end; i++) {
            if (i == end || !isLetterOrDigit(url.charAt(i))) {
                if (i > start
                        && i - start <= LONGEST
                        && WORDS.contains(url.substring(start, i).toLowerCase(Locale.ROOT))) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9';
    }

    private static Set<String> readWords() {
        try (var in = FormRequests.class.getResourceAsStream(LIST)) {
            var words = new HashSet<String>();
            DataList.read(LIST, ';', Objects.requireNonNull(in, LIST)).forEach(row -> words.add(row.text(0)));
            return Set.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
