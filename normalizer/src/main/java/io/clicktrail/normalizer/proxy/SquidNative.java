package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Squid's native access log (wiki.squid-cache.org, Features/LogFormat): {@code end elapsed client code/status bytes
 * method URL user hierarchy/peer type}. The stamp is the end of the request; the event's time is its beginning.
 *
 * <p>Cisco's web security appliance writes the same, and in logs that its operator arranged a field that is empty
 * before the client and none for user and peer (cisco.com, AsyncOS for Web, "Access Log Files"): then the URL ends at
 * the first blank.
 */
public final class SquidNative implements TextFormat {

    static final String DATASET = "squid.access";
    private static final int MAX_TOKENS = 64;
    private static final int CLIENT = 2;
    private static final int USER = 7;
    private static final int NO_PEER = -1;
    private static final byte EMPTY = '-';

    @Override
    public String name() {
        return "squid.native";
    }

    @Override
    public String firstBytes() {
        return "0123456789";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    /** {@code ^\d{9,10}\.\d{3} +-?\d+(\.\d+)? +(- +)?\S+ +[A-Z_]+(/\d{3})? }. */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int dot = digits(bytes, text.from(), text.to());
        if (dot - text.from() < 9 || dot - text.from() > 10 || dot == text.to() || bytes[dot] != '.') {
            return false;
        }
        int blank = digits(bytes, dot + 1, text.to());
        int elapsed = blanks(bytes, blank, text.to());
        int number = elapsed < text.to() && bytes[elapsed] == '-' ? elapsed + 1 : elapsed;
        int whole = digits(bytes, number, text.to());
        int elapsedEnd = whole < text.to() && bytes[whole] == '.' ? digits(bytes, whole + 1, text.to()) : whole;
        int client = blanks(bytes, elapsedEnd, text.to());
        if (blank - dot != 4 || elapsed == blank || whole == number || client == elapsedEnd) {
            return false;
        }
        if (client + 1 < text.to() && bytes[client] == EMPTY && bytes[client + 1] == ' ') {
            client = blanks(bytes, client + 1, text.to());
        }
        int at = client;
        while (at < text.to() && bytes[at] > ' ') {
            at++;
        }
        int code = blanks(bytes, at, text.to());
        int slash = code;
        while (slash < text.to() && (bytes[slash] == '_' || (bytes[slash] >= 'A' && bytes[slash] <= 'Z'))) {
            slash++;
        }
        return slash > code && slash < text.to() && (bytes[slash] == '/' || bytes[slash] == ' ');
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        int[] ends = new int[MAX_TOKENS * 2];
        int tokens = split(line, ends);
        if (tokens > CLIENT + 1 && token(line, ends, CLIENT).equals("-")) {
            return request(line, ends, tokens, CLIENT + 1, NO_PEER, context);
        }
        int peer = peer(line, ends, tokens);
        return peer < 0
                ? context.rejected(Reason.MISSING_FIELD, this)
                : request(line, ends, tokens, CLIENT, peer, context);
    }

    /**
     * @param client the token of the client's address
     * @param peer the token of {@code hierarchy/peer}, or {@link #NO_PEER} where there is neither that nor a user
     */
    private Outcome request(String line, int[] ends, int tokens, int client, int peer, RecordContext context) {
        int first = client + 4;
        int last = peer == NO_PEER ? first : peer - 2;
        if (last >= tokens) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String url = line.substring(ends[first * 2], ends[last * 2 + 1]);
        String method = token(line, ends, client + 3);
        if (url.startsWith("error:")) {
            return new Outcome.Ignored(DATASET, "no request was understood");
        }
        if (!method.equals("CONNECT") && !Authority.hasScheme(url)) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String code = token(line, ends, client + 1);
        EventDraft draft =
                new EventDraft(DATASET, EventKind.HTTP_REQUEST).time(start(token(line, ends, 0), token(line, ends, 1)));
        WebRequest request = WebRequest.ofProxy(draft)
                .client(token(line, ends, client), null)
                .method(method)
                .uri(url)
                .status(SquidCodes.status(code))
                .bytes(token(line, ends, client + 2))
                .outcome(SquidCodes.outcome(code));
        if (peer != NO_PEER) {
            request.user(token(line, ends, peer - 1))
                    .server(SquidCodes.reached(token(line, ends, peer)), null)
                    .mimeType(peer + 1 < tokens ? token(line, ends, peer + 1) : null);
        }
        return request.read(context, this);
    }

    /** The end less the time it took. */
    private static @Nullable EventTime start(String stamp, String elapsedMillis) {
        EventTime end = EventTime.epoch(stamp);
        int point = elapsedMillis.indexOf('.');
        Long elapsed = Numbers.whole(point < 0 ? elapsedMillis : elapsedMillis.substring(0, point));
        if (end == null || elapsed == null || elapsed * 1000 > end.micros()) {
            return end;
        }
        return new EventTime(end.micros() - elapsed * 1000, TimeQuality.EXACT);
    }

    /**
     * The token of {@code hierarchy/peer}: the tenth but one, or later where a URL with blanks precedes it; -1
     * where there is none.
     */
    private static int peer(String line, int[] ends, int tokens) {
        for (int i = USER + 1; i < tokens; i++) {
            int at = ends[i * 2];
            int to = ends[i * 2 + 1];
            int slash = at;
            while (slash < to
                    && (line.charAt(slash) == '_' || (line.charAt(slash) >= 'A' && line.charAt(slash) <= 'Z'))) {
                slash++;
            }
            if (slash > at && slash < to && line.charAt(slash) == '/') {
                return i;
            }
        }
        return -1;
    }

    /** Fills in where each token begins and ends; how many there are. */
    private static int split(String line, int[] ends) {
        int count = 0;
        int at = 0;
        while (at < line.length() && count < MAX_TOKENS) {
            while (at < line.length() && line.charAt(at) <= ' ') {
                at++;
            }
            int from = at;
            while (at < line.length() && line.charAt(at) > ' ') {
                at++;
            }
            if (at > from) {
                ends[count * 2] = from;
                ends[count * 2 + 1] = at;
                count++;
            }
        }
        return count;
    }

    private static String token(String line, int[] ends, int index) {
        return line.substring(ends[index * 2], ends[index * 2 + 1]);
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int blanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }
}
