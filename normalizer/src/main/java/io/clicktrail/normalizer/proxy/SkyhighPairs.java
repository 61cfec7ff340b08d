package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access log of Skyhigh's web gateway, formerly McAfee's: on premises {@code status="403/80" srcip="..."}, in the
 * cloud {@code username=..,source_ip=..,http_action=..}.
 */
public final class SkyhighPairs implements TextFormat {

    private static final String DATASET = "skyhigh.web";
    private static final int SIGNATURE_BYTES = 400;
    private static final KeyValuePairs BLANKS = new KeyValuePairs(' ', '=');
    private static final KeyValuePairs COMMAS = new KeyValuePairs(',', '=');

    private final FieldNames names = new FieldNames();
    private final int status = names.slot("status", "http_status_code");
    private final int client = names.slot("srcip", "source_ip");
    private final int user = names.slot("user", "username");
    private final int host = names.slot("dhost", "requested_host");
    private final int port = names.slot("urlp", "uri_port");
    private final int scheme = names.slot("uri_scheme");
    private final int method = names.slot("mtd", "http_action");
    private final int mime = names.slot("mt", "media_type");
    private final int malware = names.slot("mlwr", "virus");
    private final int bytes = names.slot("bytes");
    private final int cloudBytes = names.slot("server_to_client_bytes");
    private final int agent = names.slot("ua", "user_agent_comment");
    private final int referrer = names.slot("http_referrer", "referer");
    private final int rule = names.slot("rule");
    private final int result = names.slot("result");
    private final int url = names.slot("url");
    private final int path = names.slot("requested_path");
    private final int server = names.slot("destip", "server_ip");
    private final int epoch = names.slot("request_timestamp_epoch");
    private final int stamp = names.slot("request_timestamp");

    @Override
    public String name() {
        return "skyhigh.pairs";
    }

    @Override
    public String firstBytes() {
        return "su";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        int to = Lines.headEnd(text, SIGNATURE_BYTES);
        if (Lines.startsWith(bytes, from, to, "status=\"")) {
            return Lines.find(bytes, from, to, "\" srcip=\"") > 0;
        }
        return Lines.startsWith(bytes, from, to, "user")
                && Lines.find(bytes, from, to, "source_ip=") > 0
                && Lines.find(bytes, from, to, "http_action=") > 0;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        boolean isOnPremises = line.startsWith("status=");
        TextFields row = new TextFields(names, context.limits().fieldChars());
        (isOnPremises || line.indexOf(',') < 0 ? BLANKS : COMMAS).read(line, 0, names, row);
        EventTime seconds = row.has(epoch) || row.has(stamp) ? EventTime.epoch(row.get(epoch)) : context.timeAround();
        EventDraft draft = new EventDraft(DATASET, EventKind.HTTP_REQUEST)
                .time(seconds == null ? context.time(row.get(stamp)) : seconds);
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return WebRequest.ofProxy(draft)
                .client(row.get(client), null)
                .server(row.get(server), row.get(port))
                .user(row.get(user))
                .method(row.get(method))
                .scheme(row.get(scheme))
                .host(row.has(url) ? null : row.get(host))
                .uri(row.has(url) ? row.get(url) : row.get(path))
                .referrer(row.get(referrer))
                .mimeType(row.get(mime))
                .userAgent(row.get(agent))
                .status(before(row.get(status)))
                .bytes(row.has(cloudBytes) ? row.get(cloudBytes) : afterSlash(row.get(bytes)))
                .outcome(outcome(row))
                .read(context, this);
    }

    private EventOutcome outcome(TextFields row) {
        boolean isInfected = row.has(malware) && row.has(rule);
        return isInfected ? EventOutcome.FAILURE : Actions.outcome(row.has(result) ? row.get(result) : row.get(rule));
    }

    /** The status of {@code 403/80}; after the slash is the id of the block page. */
    private static @Nullable String before(@Nullable String text) {
        int slash = text == null ? -1 : text.indexOf('/');
        return text == null || slash < 0 ? text : text.substring(0, slash);
    }

    /** The last of {@code client to proxy/proxy to server/server to proxy/proxy to client}. */
    private static @Nullable String afterSlash(@Nullable String text) {
        return text == null ? null : text.substring(text.lastIndexOf('/') + 1);
    }
}
