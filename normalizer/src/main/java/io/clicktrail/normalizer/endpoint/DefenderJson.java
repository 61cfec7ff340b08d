package io.clicktrail.normalizer.endpoint;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Mails;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.SignatureStatuses;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.EmbeddedJson;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Defender XDR's tables about devices and alerts (learn.microsoft.com, advanced hunting schema), as they are
 * streamed, as rows of a Sentinel workspace ({@code Type} names the table), and as results of a hunt, which say nothing
 * of their table. The tables about mail are other formats.
 *
 * <p>The time is {@code Timestamp}; a stream's {@code time} is when the record was published. The initiating process is
 * the actor: of a new process the parent, of {@code BrowserLaunchedToOpenUrl} the program that handed the link over.
 * Processes have no identity of their own: host, pid and creation time make one.
 */
public final class DefenderJson implements JsonFormat {

    /** The tables of another format. */
    private static final Set<String> MAIL = Set.of(
            "AdvancedHunting-UrlClickEvents",
            "AdvancedHunting-EmailEvents",
            "AdvancedHunting-EmailUrlInfo",
            "AdvancedHunting-EmailPostDeliveryEvents");

    private static final String STREAM = "AdvancedHunting-";

    /** Tables of which a row is enough; a hunt's row is one of them by its action, else of the last. */
    private static final List<String> ROWS = List.of(
            "DeviceProcessEvents", "DeviceNetworkEvents", "DeviceFileEvents", "DeviceLogonEvents", "DeviceEvents");

    /** Who signed a file; it names the file by its hash alone, and has neither an action nor a process. */
    private static final String CERTIFICATES = "DeviceFileCertificateInfo";

    private static final String DEVICE = "microsoft.defender.device";
    private static final String ALERT = "microsoft.defender.alert";
    private static final String OTHER = "microsoft.defender.other";
    private static final String FROM_OUTSIDE = "In";
    private static final int MAX_ADDRESSES = 16;

    /** What Defender stopped or warned of, as a device event: the action is the title. */
    private static final List<String> BLOCKS = List.of(
            "ExploitGuardNetworkProtectionBlocked",
            "SmartScreenUrlWarning",
            "SmartScreenAppWarning",
            "SmartScreenExploitWarning",
            "AntivirusDetection");

    private final boolean isStream;
    private final int category;
    private final int properties;
    private final int device;
    private final int deviceName;
    private final int initiator;
    private final int details;
    private final int addresses;
    private final int messageId;
    private final int subject;
    private final int signer;
    private final int isSigned;
    private final int isTrusted;
    private final EndpointEvents events;

    private DefenderJson(JsonPaths paths, boolean isStream) {
        this.isStream = isStream;
        String above = isStream ? "properties." : "";
        category = paths.field(isStream ? "category" : "Type");
        properties = paths.field("properties");
        device = paths.field(above + "DeviceId");
        deviceName = paths.field(above + "DeviceName");
        initiator = paths.field(above + "InitiatingProcessId");
        details = paths.field(above + "AdditionalFields");
        addresses = paths.field(above + "IPAddresses");
        messageId = paths.field(above + "NetworkMessageId");
        subject = paths.field(above + "EmailSubject");
        signer = paths.field(above + "Signer");
        isSigned = paths.field(above + "IsSigned");
        isTrusted = paths.field(above + "IsTrusted");
        events = new EndpointEvents(EndpointTables.of("defender", above, paths));
    }

    /** The records of the stream, and single rows. */
    public static List<DefenderJson> formats(JsonPaths paths) {
        return List.of(new DefenderJson(paths, true), new DefenderJson(paths, false));
    }

    @Override
    public String name() {
        return isStream ? "microsoft.defender" : "microsoft.defender.row";
    }

    @Override
    public List<String> datasets() {
        return isStream ? List.of(DEVICE, ALERT, OTHER) : List.of(DEVICE);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        String table = document.get(category);
        if (isStream) {
            return table != null && table.startsWith(STREAM) && !MAIL.contains(table) && document.isObject(properties);
        }
        if (CERTIFICATES.equals(table)) {
            return document.has(isSigned);
        }
        return (document.has(device) || document.has(deviceName))
                && document.has(initiator)
                && events.fact(document, EndpointField.ACTION) != null
                && (table == null || ROWS.contains(table));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String name = table(document);
        return switch (name) {
            case "DeviceEvents",
                    "DeviceProcessEvents",
                    "DeviceNetworkEvents",
                    "DeviceFileEvents",
                    "DeviceLogonEvents" -> device(name, document, context);
            case "DeviceNetworkInfo" ->
                finish(
                        events.addresses(
                                DEVICE,
                                document,
                                EmbeddedJson.list(document.get(addresses), "IPAddress", MAX_ADDRESSES)),
                        name,
                        name,
                        document,
                        context);
            case CERTIFICATES -> finish(certificate(document), name, name, document, context);
            case "AlertInfo", "AlertEvidence" -> finish(alert(document), name, name, document, context);
            default -> new Outcome.Ignored(OTHER, "table without use here");
        };
    }

    private String table(JsonFields document) {
        String named = document.get(category);
        if (isStream) {
            return named == null ? "" : named.substring(STREAM.length());
        }
        String action = events.fact(document, EndpointField.ACTION);
        return named == null
                ? ROWS.stream()
                        .filter(each -> events.known(each + " " + action) != null)
                        .findFirst()
                        .orElse(ROWS.getLast())
                : named;
    }

    /** An alert, with the mail that is its evidence. */
    private @Nullable EventDraft alert(JsonFields document) {
        EventDraft draft = events.draft(EndpointFact.ALERT, ALERT, document);
        String mail = Placeholders.absent(document.get(messageId));
        return draft == null || mail == null
                ? draft
                : draft.email(
                        Mails.of(null, null, List.of(), Placeholders.absent(document.get(subject)), mail, List.of()));
    }

    /** An image of some process, known by its hash, with who signed it. */
    private @Nullable EventDraft certificate(JsonFields document) {
        Hash hash = Hashes.of(null, events.fact(document, EndpointField.FILE_SHA1), null);
        return hash == null
                ? null
                : new EventDraft(DEVICE, EventKind.OTHER)
                        .time(events.time(document))
                        .host(events.host(document, List.of()))
                        .process(new ProcessDraft()
                                .hash(hash)
                                .codeSignature(
                                        null,
                                        null,
                                        Placeholders.absent(document.get(signer)),
                                        signature(document),
                                        null)
                                .build());
    }

    /** By {@code WinVerifyTrust}, which also refuses unknown roots, broken signatures and revoked certificates. */
    private SignatureStatus signature(JsonFields document) {
        String trusted = document.get(isTrusted);
        return SignatureStatuses.of(
                document.get(isSigned), "false".equalsIgnoreCase(trusted) ? "errorUntrusted" : trusted);
    }

    private Outcome device(String table, JsonFields document, RecordContext context) {
        String action = events.fact(document, EndpointField.ACTION);
        if (action == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        EndpointFact fact = events.known(table + " " + action);
        if (fact != null) {
            return finish(events.draft(fact, DEVICE, document), table, action, document, context);
        }
        return switch (action) {
            case "DnsQueryResponse" ->
                finish(query(document, "DnsQueryString", null, "DnsQueryResult"), table, action, document, context);
            case "DnsConnectionInspected" ->
                finish(query(document, "query", "qtype_name", "answers"), table, action, document, context);
            case "HttpConnectionInspected" -> finish(inspected(document), table, action, document, context);
            case "SslConnectionInspected" -> finish(handshake(document), table, action, document, context);
            default ->
                BLOCKS.contains(action) || isBlockedBehaviour(action)
                        ? finish(blocked(action, document), table, action, document, context)
                        : new Outcome.Ignored(DEVICE, "action without use here");
        };
    }

    /** Attack surface reduction, as {@code AsrOfficeChildProcessBlocked}. */
    private static boolean isBlockedBehaviour(String action) {
        return action.startsWith("Asr") && action.endsWith("Blocked");
    }

    private @Nullable EventDraft query(
            JsonFields document, String nameMember, @Nullable String typeMember, String answersMember) {
        @Nullable
        String[] found = EmbeddedJson.members(
                document.get(details), nameMember, typeMember == null ? "" : typeMember, answersMember);
        String answers = found[2];
        return events.dns(DEVICE, document, found[0], found[1], answers == null ? List.of() : List.of(answers));
    }

    /** A request that was read on the wire: the process is not known. Requests from outside are not followed. */
    private @Nullable EventDraft inspected(JsonFields document) {
        @Nullable
        String[] found = EmbeddedJson.members(
                document.get(details), "direction", "host", "uri", "method", "status_code", "referrer", "user_agent");
        String server = found[1];
        if (server == null || FROM_OUTSIDE.equals(found[0])) {
            return null;
        }
        EventDraft request = events.outgoing(EventKind.HTTP_REQUEST, DEVICE, document, server);
        String uri = found[2];
        return request == null
                ? null
                : request.url("http://" + server + (uri == null ? "/" : uri.startsWith("/") ? uri : "/" + uri))
                        .http(new Http(found[3], found[5], Numbers.within(found[4], 999), null, found[6], null));
    }

    /** A handshake that was read on the wire: what it adds to the connection is the name. */
    private @Nullable EventDraft handshake(JsonFields document) {
        @Nullable String[] found = EmbeddedJson.members(document.get(details), "direction", "server_name");
        return FROM_OUTSIDE.equals(found[0])
                ? null
                : events.outgoing(EventKind.NETWORK_CONNECTION, DEVICE, document, found[1]);
    }

    private EventDraft blocked(String action, JsonFields document) {
        @Nullable String[] found = EmbeddedJson.members(document.get(details), "ThreatName", "WasRemediated");
        String threat = found[0];
        FileDraft file = events.file(document);
        boolean isStopped = action.endsWith("Blocked") || "true".equalsIgnoreCase(found[1]);
        return events.acting(EventKind.SECURITY_ALERT, DEVICE, document)
                .url(events.fact(document, EndpointField.REMOTE_URL))
                .file(file == null ? null : file.build())
                .outcome(isStopped ? EventOutcome.FAILURE : EventOutcome.UNKNOWN)
                .alert(new SecurityAlert(null, threat == null ? action : action + ": " + threat, null, List.of()));
    }

    private Outcome finish(
            @Nullable EventDraft draft, String table, String code, JsonFields document, RecordContext context) {
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.fact(document, EndpointField.RECORD_ID);
        Host host = events.host(document, List.of());
        String time = events.fact(document, EndpointField.TIME);
        if (record != null && host != null) {
            draft.identity("defender", table, host.getName(), record, time);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(code), this);
    }
}
