package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.TimeForms;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Squid's access log in the forms {@code common} and {@code combined} (squid-cache.org, logformat): as Apache writes
 * it, and Squid's own codes at the end, which a web server's log does not have. The stamp is the end of the
 * request.
 */
public final class SquidCommon implements TextFormat {

    private static final int MAX_STAMP_AT = 512;

    @Override
    public String name() {
        return "squid.common";
    }

    @Override
    public List<String> datasets() {
        return List.of(SquidNative.DATASET);
    }

    /** {@code CLIENT IDENT USER [stamp] "} at the beginning, {@code CODE:HIERARCHY} at the end. */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        int bracket = Lines.findInHead(text, MAX_STAMP_AT, " [");
        if (bracket < 0 || bytes[from] == '[') {
            return false;
        }
        int end = Lines.end(bytes, from, text.to());
        int close = Lines.find(bytes, bracket, Math.min(end, bracket + 40), "] \"");
        return close > 0 && isCode(bytes, close, end);
    }

    private static boolean isCode(byte[] bytes, int from, int end) {
        int at = end;
        while (at > from && bytes[at - 1] == ' ') {
            at--;
        }
        int colon = -1;
        for (; at > from && (bytes[at - 1] == '_' || bytes[at - 1] == ':' || isUpper(bytes[at - 1])); at--) {
            colon = bytes[at - 1] == ':' ? at - 1 : colon;
        }
        return colon > at && bytes[at - 1] == ' ';
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8).strip();
        int bracket = line.indexOf(" [");
        int close = line.indexOf("] \"", bracket);
        int requestEnd = requestEnd(line, close + 3);
        String request = requestEnd < 0 ? "" : line.substring(close + 3, requestEnd);
        int method = request.indexOf(' ');
        if (method <= 0) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        int version = request.lastIndexOf(" HTTP/");
        String url = request.substring(method + 1, version > method ? version : request.length());
        if (url.startsWith("error:")) {
            return new Outcome.Ignored(SquidNative.DATASET, "no request was understood");
        }
        if (!request.startsWith("CONNECT ") && !Authority.hasScheme(url)) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String who = line.substring(0, bracket);
        int client = who.indexOf(' ');
        int ident = client < 0 ? -1 : who.indexOf(' ', client + 1);
        String code = line.substring(line.lastIndexOf(' ') + 1);
        int statusAt = requestEnd + 2;
        int statusEnd = line.indexOf(' ', statusAt);
        int bytesEnd = statusEnd < 0 ? -1 : line.indexOf(' ', statusEnd + 1);
        if (ident < 0 || bytesEnd < 0) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        WebRequest row = WebRequest.ofProxy(new EventDraft(SquidNative.DATASET, EventKind.HTTP_REQUEST)
                        .time(TimeForms.dayFirst(
                                line.substring(bracket + 2, close), context.zone(), context.deliveredMillis())))
                .client(who.substring(0, client), null)
                .user(who.substring(ident + 1))
                .method(request.substring(0, method))
                .uri(url)
                .status(line.substring(statusAt, statusEnd))
                .bytes(line.substring(statusEnd + 1, bytesEnd))
                .outcome(SquidCodes.outcome(code));
        int referrerEnd = line.indexOf("\" \"", bytesEnd);
        int agentEnd = line.lastIndexOf('"');
        if (referrerEnd > bytesEnd + 1 && agentEnd > referrerEnd + 2) {
            row.referrer(line.substring(bytesEnd + 2, referrerEnd))
                    .userAgent(line.substring(referrerEnd + 3, agentEnd));
        }
        return row.read(context, this);
    }

    /** The quote that ends the request: the one with a status after it, for a URL may hold quotes of its own. */
    private static int requestEnd(String line, int from) {
        for (int quote = line.indexOf("\" ", from); quote >= 0; quote = line.indexOf("\" ", quote + 1)) {
            if (quote + 2 < line.length() && Character.isDigit(line.charAt(quote + 2))) {
                return quote;
            }
        }
        return -1;
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}
