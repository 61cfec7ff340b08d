package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.web.WebRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request in a Blue Coat proxy's access log says (techdocs.broadcom.com, Access Log Formats and ELFF fields);
 * its own times are GMT.
 */
final class BlueCoatRow {

    static final String DATASET = "bluecoat.access";

    final FieldNames names = new FieldNames();
    private final int date = names.slot("date");
    private final int time = names.slot("time");
    private final int client = names.slot("c-ip");
    private final int user = names.slot("cs-username", "cs-userdn");
    private final int method = names.slot("cs-method");
    private final int scheme = names.slot("cs-uri-scheme");
    private final int host = names.slot("cs-host");
    private final int port = names.slot("cs-uri-port");
    private final int path = names.slot("cs-uri-path");
    private final int query = names.slot("cs-uri-query");
    private final int wholeUrl = names.slot("cs-uri", "c-url", "url", "c-uri");
    private final int referrer = names.slot("cs(Referer)", "cs-Referer");
    private final int agent = names.slot("cs(User-Agent)", "cs-User-Agent");
    private final int status = names.slot("sc-status");
    private final int responseBytes = names.slot("sc-bytes");
    private final int contentType =
            names.slot("rs(Content-Type)", "rs-Content-Type", "rs_Content_Type", "Content-Type");
    private final int filterResult = names.slot("sc-filter-result");
    private final int action = names.slot("s-action");
    private final int proxyIp = names.slot("s-ip");
    private final int originIp = names.slot("r-ip", "r-supplier-ip");
    private final int supplierIp = names.slot("s-supplier-ip");
    private final int transaction = names.slot("x-bluecoat-transaction-uuid");

    Outcome read(TextFields row, RecordContext context, Format format) {
        EventDraft draft = new EventDraft(DATASET, EventKind.HTTP_REQUEST).time(time(row, context));
        if (row.has(transaction)) {
            draft.identity("bluecoat", row.get(transaction));
        }
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return WebRequest.ofProxy(draft)
                .client(row.get(client), null)
                .server(server(row), row.get(port))
                .user(row.get(user))
                .method(row.get(method))
                .scheme(row.get(scheme))
                .host(row.get(host))
                .uri(uri(row))
                .referrer(row.get(referrer))
                .userAgent(row.get(agent))
                .status(row.get(status))
                .bytes(row.get(responseBytes))
                .mimeType(row.get(contentType))
                .outcome(outcome(row))
                .read(context, format);
    }

    /** Path and query where the host is a field of its own, else the whole URL. */
    private @Nullable String uri(TextFields row) {
        if (!row.has(host) || (!row.has(path) && row.has(wholeUrl))) {
            return row.get(wholeUrl);
        }
        String start = row.get(path);
        String rest = row.get(query);
        if (rest == null) {
            return start;
        }
        String asked = rest.startsWith("?") ? rest : "?" + rest;
        return start == null ? "/" + asked : start + asked;
    }

    /** Whom the proxy spoke to; where it answered itself, it names itself. */
    private @Nullable String server(TextFields row) {
        if (row.has(originIp)) {
            return row.get(originIp);
        }
        String supplier = row.get(supplierIp);
        return supplier == null || supplier.equals(row.get(proxyIp)) ? null : supplier;
    }

    private EventOutcome outcome(TextFields row) {
        String code = row.get(action);
        return code != null && code.contains("DENIED") ? EventOutcome.FAILURE : Actions.outcome(row.get(filterResult));
    }

    private @Nullable EventTime time(TextFields row, RecordContext context) {
        return row.has(date) && row.has(time) ? context.time(row.get(date) + "T" + row.get(time) + "Z") : null;
    }
}
