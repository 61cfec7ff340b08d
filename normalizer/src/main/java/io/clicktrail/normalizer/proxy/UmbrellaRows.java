package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.web.WebRequest;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What Umbrella's DNS and proxy logs say (docs.umbrella.com, Log Formats and Versioning); times are UTC. The identity
 * is a host where it is of a roaming computer, and a user where it is of the directory.
 */
final class UmbrellaRows {

    static final String DNS = "umbrella.dns";
    static final String PROXY = "umbrella.proxy";

    final int time;
    final int internalIp;
    final int externalIp;
    final int domain;
    private final int identity;
    private final int identityType;
    private final int identities;
    private final int identityTypes;
    private final int action;
    private final int queryType;
    private final int responseCode;
    private final int destinationIp;
    private final int contentType;
    private final int url;
    private final int referrer;
    private final int agent;
    private final int status;
    private final int responseSize;
    private final int responseBodySize;
    private final int sha256;
    private final int method;
    private final int fileName;

    UmbrellaRows(ToIntFunction<String> slots) {
        time = slots.applyAsInt("timestamp");
        internalIp = slots.applyAsInt("internalIp");
        externalIp = slots.applyAsInt("externalIp");
        domain = slots.applyAsInt("domain");
        identity = slots.applyAsInt("policyIdentity");
        identityType = slots.applyAsInt("policyIdentityType");
        identities = slots.applyAsInt("identities");
        identityTypes = slots.applyAsInt("identityTypes");
        action = slots.applyAsInt("action");
        queryType = slots.applyAsInt("queryType");
        responseCode = slots.applyAsInt("responseCode");
        destinationIp = slots.applyAsInt("destinationIp");
        contentType = slots.applyAsInt("contentType");
        url = slots.applyAsInt("url");
        referrer = slots.applyAsInt("referer");
        agent = slots.applyAsInt("userAgent");
        status = slots.applyAsInt("statusCode");
        responseSize = slots.applyAsInt("responseSize");
        responseBodySize = slots.applyAsInt("responseBodySize");
        sha256 = slots.applyAsInt("sha256");
        method = slots.applyAsInt("requestMethod");
        fileName = slots.applyAsInt("fileName");
    }

    Outcome dns(Fields row, RecordContext context, Format format) {
        String name = Hosts.domainName(row.get(domain));
        if (name == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        EventDraft draft = draft(DNS, EventKind.DNS_QUERY, row, context)
                .dns(new Dns(name, recordType(row.get(queryType)), row.get(responseCode), List.of()))
                .network(new Network(null, "dns", "unknown", null, null))
                .client(client(row), null, null);
        String account = user(row);
        return context.event(account == null ? draft : draft.user(Users.of(account)), format);
    }

    Outcome proxy(Fields row, RecordContext context, Format format) {
        EventDraft draft = draft(PROXY, EventKind.HTTP_REQUEST, row, context);
        String name = row.get(fileName);
        if (name != null) {
            draft.file(new FileDraft(FilePath.of(FilePath.of(name).name()))
                    .hash(Hashes.of(null, null, row.get(sha256)))
                    .build());
        }
        return WebRequest.ofProxy(draft)
                .client(client(row), null)
                .server(row.get(destinationIp), null)
                .user(user(row))
                .method(row.get(method))
                .uri(row.get(url))
                .referrer(row.get(referrer))
                .mimeType(row.get(contentType))
                .userAgent(row.get(agent))
                .status(row.get(status))
                .bytes(row.get(row.has(responseBodySize) ? responseBodySize : responseSize))
                .read(context, format);
    }

    private EventDraft draft(String dataset, EventKind kind, Fields row, RecordContext context) {
        EventDraft draft = new EventDraft(dataset, kind)
                .time(utc(row.get(time), context))
                .outcome(Actions.outcome(row.get(action)));
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        String name = computer(row);
        return name == null
                ? draft
                : draft.host(Hosts.of(name, Platform.UNKNOWN, IpAddresses.canonical(row.get(internalIp))));
    }

    /** The roaming computer: the identity that decided, else the one of this type among all. */
    private @Nullable String computer(Fields row) {
        String type = row.get(identityType);
        if (type != null && type.contains("Roaming")) {
            return row.get(identity);
        }
        List<String> types = parts(row, identityTypes);
        List<String> names = parts(row, identities);
        for (int i = 0; i < types.size() && types.size() == names.size(); i++) {
            if (types.get(i).contains("Roaming")) {
                return names.get(i);
            }
        }
        return null;
    }

    private static List<String> parts(Fields row, int slot) {
        List<String> all = row.all(slot);
        return all.size() == 1 ? List.of(all.getFirst().split(", *", -1)) : all;
    }

    private static @Nullable EventTime utc(@Nullable String text, RecordContext context) {
        boolean isBare = text != null && text.length() <= 23 && !text.endsWith("Z");
        return context.time(isBare ? text + "Z" : text);
    }

    private @Nullable String client(Fields row) {
        String internal = IpAddresses.canonical(row.get(internalIp));
        return internal == null ? IpAddresses.canonical(row.get(externalIp)) : internal;
    }

    /** {@code Ada Lovelace (ada@corp.example)} or the bare account. */
    private @Nullable String user(Fields row) {
        String type = row.get(identityType);
        String name = row.get(identity);
        if (name == null || type == null || !type.startsWith("AD User")) {
            return null;
        }
        int open = name.lastIndexOf('(');
        return open > 0 && name.endsWith(")") ? name.substring(open + 1, name.length() - 1) : name;
    }

    /** {@code 1 (A)}. */
    private static @Nullable String recordType(@Nullable String text) {
        int open = text == null ? -1 : text.indexOf('(');
        return text != null && open > 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
    }
}
