package io.clicktrail.normalizer.normalized;

import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.MarkAction;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the Elastic Common Schema (elastic.co/docs/reference/ecs, 1.0 to 9), of any agent. What happened is said
 * by {@code event.category} and {@code event.type}; a document without a category is not normalized yet and is left to
 * the envelopes.
 */
public final class EcsDocumentJson implements JsonFormat {

    private static final String ZONE_IDENTIFIER = "Zone.Identifier";

    private final EcsFields fields;

    public EcsDocumentJson(JsonPaths paths) {
        fields = new EcsFields(paths);
    }

    @Override
    public String name() {
        return "ecs.json";
    }

    @Override
    public List<String> datasets() {
        return List.of(
                "ecs.process",
                "ecs.file",
                "ecs.network",
                "ecs.web",
                "ecs.dns",
                "ecs.email",
                "ecs.authentication",
                "ecs.alert",
                "ecs.other");
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(fields.category) && document.has(fields.timestamp);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        List<String> categories = document.all(fields.category);
        List<String> types = document.all(fields.type);
        if ("alert".equals(document.get(fields.kind))
                || categories.contains("intrusion_detection")
                || categories.contains("malware")
                || categories.contains("threat")) {
            return alert(document, context);
        }
        if (fields.facts.hasQuery(document) && (categories.contains("network") || categories.contains("dns"))) {
            return dns(document, context);
        }
        boolean isTraffic = categories.contains("network") || categories.contains("web");
        if (categories.contains("authentication") || (categories.contains("session") && !isTraffic)) {
            return logon(document, context, types);
        }
        if (categories.contains("email")) {
            return email(document, context);
        }
        if (categories.contains("file")) {
            return file(document, context, types);
        }
        if (categories.contains("process")) {
            return process(document, context, types);
        }
        if (categories.contains("web") || (categories.contains("network") && document.has(fields.url))) {
            return web(document, context);
        }
        return categories.contains("network")
                ? network(document, context)
                : new Outcome.Ignored("ecs.other", "category without use here");
    }

    private Outcome process(JsonFields document, RecordContext context, List<String> types) {
        boolean isStart = types.contains("start");
        if (!isStart && !types.contains("end")) {
            return new Outcome.Ignored("ecs.process", "neither start nor end");
        }
        EventKind kind = isStart ? EventKind.PROCESS_START : EventKind.PROCESS_END;
        return finish(
                endpoint(draft("process", kind, document, context), document, context),
                document,
                context,
                fields.process.isPresent(document));
    }

    private Outcome file(JsonFields document, RecordContext context, List<String> types) {
        String path = document.get(fields.filePath);
        if (!types.contains("creation") && !types.contains("change")) {
            return new Outcome.Ignored("ecs.file", "nothing was written");
        }
        EventKind kind = isMark(path) ? EventKind.FILE_MARK : EventKind.FILE_WRITE;
        EventDraft draft = endpoint(draft("file", kind, document, context), document, context);
        withFile(draft, document, path);
        return finish(draft, document, context, path != null);
    }

    /** Whether the stream that holds the Mark of the Web was written. */
    private static boolean isMark(@Nullable String path) {
        return path != null
                && ZONE_IDENTIFIER.equalsIgnoreCase(FilePath.of(path).fork());
    }

    private Outcome network(JsonFields document, RecordContext context) {
        EventDraft draft = connection(
                draft("network", EventKind.NETWORK_CONNECTION, document, context), document, context, null, null);
        boolean hasEnds = fields.facts.clientIp(document) != null || fields.facts.destinationIp(document) != null;
        return finish(draft, document, context, hasEnds);
    }

    private Outcome web(JsonFields document, RecordContext context) {
        String url = document.get(fields.url);
        url = url == null ? document.get(fields.urlFull) : url;
        Authority authority = url == null ? null : Authority.ofUrl(url);
        EventDraft draft = connection(
                        draft("web", EventKind.HTTP_REQUEST, document, context), document, context, "http", authority)
                .url(url)
                .http(fields.facts.request(document));
        return finish(draft, document, context, authority != null);
    }

    private Outcome dns(JsonFields document, RecordContext context) {
        Dns query = fields.facts.query(document);
        EventDraft draft =
                connection(draft("dns", EventKind.DNS_QUERY, document, context), document, context, "dns", null);
        if (query != null) {
            draft.dns(query);
        }
        return finish(draft, document, context, query != null);
    }

    private Outcome logon(JsonFields document, RecordContext context, List<String> types) {
        EventDraft draft = endpoint(draft("authentication", EventKind.LOGON, document, context), document, context)
                .logon(Logons.of(null, null, fields.facts.clientIp(document), !types.contains("end")));
        return finish(draft, document, context, fields.process.user.read(document) != null);
    }

    private Outcome email(JsonFields document, RecordContext context) {
        Email email = fields.facts.email(document, List.of());
        EventDraft draft = draft("email", EventKind.EMAIL, document, context).email(email);
        return finish(
                draft,
                document,
                context,
                email.getFrom() != null || !email.getTo().isEmpty());
    }

    private Outcome alert(JsonFields document, RecordContext context) {
        String title = Placeholders.absent(document.get(fields.rule));
        title = title == null ? Placeholders.absent(document.get(fields.action)) : title;
        EventDraft draft =
                connection(draft("alert", EventKind.SECURITY_ALERT, document, context), document, context, null, null);
        endpoint(draft, document, context).url(document.get(fields.url));
        withFile(draft, document, document.get(fields.filePath));
        if (title != null) {
            draft.alert(fields.facts.alert(document, title));
        }
        return finish(draft, document, context, title != null);
    }

    private EventDraft draft(String dataset, EventKind kind, JsonFields document, RecordContext context) {
        String id = document.get(fields.id);
        EventDraft draft = new EventDraft("ecs." + dataset, kind)
                .code(document.get(fields.code))
                .time(context.time(document.get(fields.timestamp)))
                .outcome(outcome(document));
        if (id != null) {
            draft.identity("ecs", document.get(fields.dataset), id);
        }
        return draft;
    }

    private EventOutcome outcome(JsonFields document) {
        if (document.all(fields.type).contains("denied")) {
            return EventOutcome.FAILURE;
        }
        String said = document.get(fields.outcome);
        return switch (said == null ? "" : said) {
            case "success" -> EventOutcome.SUCCESS;
            case "failure" -> EventOutcome.FAILURE;
            default -> EventOutcome.UNKNOWN;
        };
    }

    private EventDraft endpoint(EventDraft draft, JsonFields document, RecordContext context) {
        if (fields.process.isPresent(document)) {
            draft.process(fields.process.read(document, context, null));
        }
        return draft.host(fields.host.read(document)).user(fields.process.user.read(document));
    }

    /** Client and destination; {@code host} is the sensor, unless the document names the process that spoke. */
    private EventDraft connection(
            EventDraft draft,
            JsonFields document,
            RecordContext context,
            @Nullable String protocol,
            @Nullable Authority named) {
        fields.facts.connection(draft, document, protocol, named).user(fields.process.user.read(document));
        return fields.process.isPresent(document) ? endpoint(draft, document, context) : draft;
    }

    private void withFile(EventDraft draft, JsonFields document, @Nullable String path) {
        if (path != null && isMark(path)) {
            draft.file(new FileDraft(FilePath.of(path))
                    .forkName(ZONE_IDENTIFIER)
                    .origin(document.get(fields.originUrl), document.get(fields.originReferrer))
                    .zoneId(Numbers.within(document.get(fields.zone), 4))
                    .mark(MarkAction.SET)
                    .build());
        } else if (path != null) {
            draft.file(new FileDraft(FilePath.of(path))
                    .forkName(FilePath.of(path).fork())
                    .zoneId(Numbers.within(document.get(fields.zone), 4))
                    .size(Numbers.whole(document.get(fields.fileSize)))
                    .mimeType(document.get(fields.fileMime))
                    .hash(fields.fileHash.read(document))
                    .origin(document.get(fields.originUrl), document.get(fields.originReferrer))
                    .build());
        }
    }

    private Outcome finish(EventDraft draft, JsonFields document, RecordContext context, boolean isWhole) {
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return isWhole ? context.event(draft, this) : context.rejected(Reason.MISSING_FIELD, this);
    }
}
