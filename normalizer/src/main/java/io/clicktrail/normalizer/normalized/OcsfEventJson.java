package io.clicktrail.normalizer.normalized;

import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Hash;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
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
 * Events in the Open Cybersecurity Schema Framework (schema.ocsf.io, 1.0 to 1.6): classes 1007 process, 1001 file, 4001
 * network, 4002 HTTP, 4003 DNS, 4009 email, 3002 authentication, 2004 detection; others are ignored.
 */
public final class OcsfEventJson implements JsonFormat {

    private static final int LAUNCH = 1;
    private static final int TERMINATE = 2;
    private static final int LOGOFF = 2;
    private static final int CREATE = 1;
    private static final int UPDATE = 3;
    private static final int RENAME = 5;
    private static final int FAILURE = 2;
    private static final int SUCCESS = 1;
    private static final int BLOCKED = 2;

    private final OcsfFields fields;

    public OcsfEventJson(JsonPaths paths) {
        fields = new OcsfFields(paths);
    }

    @Override
    public String name() {
        return "ocsf.json";
    }

    @Override
    public List<String> datasets() {
        return List.of(
                "ocsf.process",
                "ocsf.file",
                "ocsf.network",
                "ocsf.http",
                "ocsf.dns",
                "ocsf.email",
                "ocsf.authentication",
                "ocsf.detection",
                "ocsf.other");
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(fields.classUid) && document.has(fields.categoryUid);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        Integer classUid = Numbers.within(document.get(fields.classUid), 999_999);
        int activity = orZero(Numbers.within(document.get(fields.activityId), 999));
        return switch (classUid == null ? 0 : classUid) {
            case 1007 -> process(document, context, activity);
            case 1001 -> file(document, context, activity);
            case 4001 -> network(document, context);
            case 4002 -> http(document, context);
            case 4003 -> dns(document, context);
            case 4009 -> email(document, context);
            case 3002 -> authentication(document, context, activity);
            case 2004 -> detection(document, context);
            default -> new Outcome.Ignored("ocsf.other", "class without use here");
        };
    }

    private Outcome process(JsonFields document, RecordContext context, int activity) {
        if (activity != LAUNCH && activity != TERMINATE) {
            return new Outcome.Ignored("ocsf.process", "neither launch nor termination");
        }
        EventKind kind = activity == LAUNCH ? EventKind.PROCESS_START : EventKind.PROCESS_END;
        EventDraft draft = endpoint(draft("process", kind, document, context), document, fields.processUsers)
                .process(fields.process.read(document, context, fields.actor));
        return finish(draft, document, context, fields.process.isPresent(document));
    }

    private Outcome file(JsonFields document, RecordContext context, int activity) {
        String path = document.get(fields.filePath);
        path = path == null ? document.get(fields.fileName) : path;
        boolean isWrite = activity == CREATE || activity == UPDATE || activity == RENAME;
        if (!isWrite) {
            return new Outcome.Ignored("ocsf.file", "nothing was written");
        }
        EventDraft draft =
                endpoint(draft("file", EventKind.FILE_WRITE, document, context), document, fields.actorUsers);
        if (fields.actor.isPresent(document)) {
            draft.process(fields.actor.read(document, context, null));
        }
        if (path != null) {
            boolean isRename = activity == RENAME && document.has(fields.fileResultPath);
            Integer type = Numbers.within(document.get(fields.downloadType), 99);
            draft.file(new FileDraft(FilePath.of(isRename ? orEmpty(document.get(fields.fileResultPath)) : path))
                    .originalPath(isRename ? path : null)
                    .size(Numbers.whole(document.get(fields.fileSize)))
                    .mimeType(document.get(fields.fileMime))
                    .hash(hash(document.all(fields.fileHashes)))
                    .origin(document.get(fields.downloadUrl), document.get(fields.downloadReferrer))
                    .zoneId(type == null || type == 0 || type > 5 ? null : (Integer) (type - 1))
                    .mark(document.has(fields.downloadUrl) ? MarkAction.SET : MarkAction.NONE)
                    .build());
        }
        return finish(draft, document, context, path != null);
    }

    private Outcome network(JsonFields document, RecordContext context) {
        EventDraft draft = connection(
                draft("network", EventKind.NETWORK_CONNECTION, document, context), document, context, null, null);
        boolean hasEnds = fields.facts.clientIp(document) != null || fields.facts.destinationIp(document) != null;
        return finish(draft, document, context, hasEnds);
    }

    private Outcome http(JsonFields document, RecordContext context) {
        String url = url(document);
        Authority authority = url == null ? null : Authority.ofUrl(url);
        EventDraft draft = connection(
                        draft("http", EventKind.HTTP_REQUEST, document, context), document, context, "http", authority)
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

    private Outcome email(JsonFields document, RecordContext context) {
        Email email = fields.facts.email(document, document.all(fields.mailUrls));
        EventDraft draft = draft("email", EventKind.EMAIL, document, context).email(email);
        return finish(
                draft,
                document,
                context,
                email.getFrom() != null || !email.getTo().isEmpty());
    }

    private Outcome authentication(JsonFields document, RecordContext context, int activity) {
        EventDraft draft = endpoint(draft("authentication", EventKind.LOGON, document, context), document, fields.user)
                .logon(Logons.of(
                        Numbers.within(document.get(fields.logonType), 99),
                        document.get(fields.session),
                        fields.facts.clientIp(document),
                        activity != LOGOFF));
        return finish(draft, document, context, fields.user.read(document) != null);
    }

    private Outcome detection(JsonFields document, RecordContext context) {
        String title = Placeholders.absent(document.get(fields.findingTitle));
        EventDraft draft =
                endpoint(draft("detection", EventKind.SECURITY_ALERT, document, context), document, fields.actorUsers);
        if (fields.actor.isPresent(document)) {
            draft.process(fields.actor.read(document, context, null));
        }
        if (title != null) {
            draft.alert(fields.facts.alert(document, title));
        }
        return finish(draft, document, context, title != null);
    }

    private EventDraft draft(String dataset, EventKind kind, JsonFields document, RecordContext context) {
        EventTime time = EventTime.epoch(document.get(fields.time));
        String uid = document.get(fields.uid);
        EventDraft draft = new EventDraft("ocsf." + dataset, kind)
                .code(document.get(fields.classUid))
                .time(time == null ? textTime(document, context) : time)
                .outcome(outcome(document));
        if (uid != null) {
            draft.identity("ocsf", document.get(fields.product), uid);
        }
        return draft;
    }

    private @Nullable EventTime textTime(JsonFields document, RecordContext context) {
        EventTime time = context.time(document.get(fields.timeText));
        return time == null ? context.time(document.get(fields.time)) : time;
    }

    /** A control's action says more than the status of the report about it. */
    private EventOutcome outcome(JsonFields document) {
        int action = orZero(Numbers.within(document.get(fields.actionId), 99));
        int disposition = orZero(Numbers.within(document.get(fields.dispositionId), 99));
        int status = orZero(Numbers.within(document.get(fields.statusId), 99));
        if (action == BLOCKED || disposition == BLOCKED || status == FAILURE) {
            return EventOutcome.FAILURE;
        }
        return status == SUCCESS ? EventOutcome.SUCCESS : EventOutcome.UNKNOWN;
    }

    private EventDraft endpoint(EventDraft draft, JsonFields document, NormalizedUser... users) {
        return draft.host(fields.device.read(document)).user(user(document, users));
    }

    /** The account in the first place that names one. */
    private static @Nullable User user(JsonFields document, NormalizedUser... users) {
        User user = null;
        for (int i = 0; i < users.length && user == null; i++) {
            user = users[i].read(document);
        }
        return user;
    }

    /** The URL, put together from its parts where it is not given as a whole. */
    private @Nullable String url(JsonFields document) {
        String whole = document.get(fields.url);
        String host = document.get(fields.urlHost);
        if (whole != null || host == null) {
            return whole;
        }
        String path = document.get(fields.urlPath);
        String query = document.get(fields.urlQuery);
        String place = (path == null ? "/" : path) + (query == null ? "" : "?" + query);
        boolean isTls = !"http".equalsIgnoreCase(document.get(fields.urlScheme));
        return Authority.url(isTls, host, Numbers.port(document.get(fields.urlPort)), place);
    }

    /**
     * Client, destination and what is between them; the device that reports is a sensor, unless the event names a
     * process.
     */
    private EventDraft connection(
            EventDraft draft,
            JsonFields document,
            RecordContext context,
            @Nullable String protocol,
            @Nullable Authority named) {
        fields.facts.connection(draft, document, protocol, named).user(user(document, fields.actorUsers));
        if (fields.actor.isPresent(document)) {
            draft.host(fields.device.read(document)).process(fields.actor.read(document, context, null));
        }
        return draft;
    }

    private Outcome finish(EventDraft draft, JsonFields document, RecordContext context, boolean isWhole) {
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return isWhole ? context.event(draft, this) : context.rejected(Reason.MISSING_FIELD, this);
    }

    /** OCSF lists hashes with the algorithm beside the value; the length of the value implies it as well. */
    static @Nullable Hash hash(List<String> values) {
        String md5 = null;
        String sha1 = null;
        String sha256 = null;
        for (String value : values) {
            switch (value.length()) {
                case 32 -> md5 = value;
                case 40 -> sha1 = value;
                case 64 -> sha256 = value;
                default -> {}
            }
        }
        return Hashes.of(md5, sha1, sha256);
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
