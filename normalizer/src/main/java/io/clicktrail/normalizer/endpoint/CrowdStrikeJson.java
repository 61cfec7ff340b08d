package io.clicktrail.normalizer.endpoint;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CrowdStrike Falcon Data Replicator: events, detections and the auxiliary aidmaster and managedassets rows, as
 * CrowdStrike writes them or with the event under {@code event}.
 *
 * <p>An event names its host by {@code aid} alone, so that is the host's name and id here. An aidmaster row is of the
 * host by its qualified name, with the aid as its id, which is what identities tie other events' aid to; a
 * managedassets row ties an address to the aid. {@code aip} is the address behind which the host reaches the Internet,
 * shared by many, and is never taken for its own. {@code ContextTimeStamp} is when it happened, {@code timestamp} when
 * the cloud received it.
 */
public final class CrowdStrikeJson implements JsonFormat {

    private static final String EVENT = "crowdstrike.event";
    private static final String DETECTION = "crowdstrike.detection";
    private static final String AGENT = "crowdstrike.agent";
    private static final String EGRESS = "0";
    private static final String INGRESS = "1";

    private static final Map<String, EndpointFact> FACTS_BY_NAME = Map.ofEntries(
            Map.entry("ProcessRollup2", EndpointFact.PROCESS_START),
            Map.entry("SyntheticProcessRollup2", EndpointFact.PROCESS_START),
            Map.entry("EndOfProcess", EndpointFact.PROCESS_END),
            Map.entry("NetworkReceiveAcceptIP4", EndpointFact.CONNECTION_IN),
            Map.entry("NetworkReceiveAcceptIP6", EndpointFact.CONNECTION_IN),
            Map.entry("DnsRequest", EndpointFact.DNS_QUERY),
            Map.entry("SuspiciousDnsRequest", EndpointFact.DNS_QUERY),
            Map.entry("NewExecutableRenamed", EndpointFact.FILE_WRITE),
            Map.entry("MotwWritten", EndpointFact.FILE_MARK),
            Map.entry("UserLogon", EndpointFact.LOGON),
            Map.entry("UserIdentity", EndpointFact.LOGON),
            Map.entry("UserLogonFailed", EndpointFact.LOGON_FAILED),
            Map.entry("UserLogonFailed2", EndpointFact.LOGON_FAILED),
            Map.entry("UserLogoff", EndpointFact.LOGOFF),
            Map.entry("DetectionSummaryEvent", EndpointFact.ALERT),
            Map.entry("EppDetectionSummaryEvent", EndpointFact.ALERT),
            Map.entry("Event_DetectionSummaryEvent", EndpointFact.ALERT),
            Map.entry("Event_EppDetectionSummaryEvent", EndpointFact.ALERT));

    private static final Map<EndpointField, String> FACTS = Map.ofEntries(
            Map.entry(
                    EndpointField.TIME,
                    "ContextTimeStamp timestamp ProcessStartTime metadata.eventCreationTime Time _time"),
            Map.entry(EndpointField.ACTION, "event_simpleName ExternalApiType metadata.eventType fdr_event_type"),
            Map.entry(EndpointField.RECORD_ID, "id"),
            Map.entry(EndpointField.HOST_LABEL, "ComputerName Hostname"),
            Map.entry(EndpointField.HOST_DOMAIN, "MachineDomain"),
            Map.entry(EndpointField.HOST_ID, "aid AgentIdString SensorId AgentId"),
            Map.entry(EndpointField.HOST_MAC, "MAC MACAddress"),
            Map.entry(EndpointField.OPERATING_SYSTEM, "event_platform PlatformName"),
            Map.entry(EndpointField.FILE_PATH, "TargetFileName FilePath"),
            Map.entry(EndpointField.FILE_NAME, "FileName"),
            Map.entry(EndpointField.FILE_OLD_PATH, "SourceFileName"),
            Map.entry(EndpointField.FILE_SIZE, "Size"),
            Map.entry(EndpointField.FILE_MD5, "MD5HashData MD5String"),
            Map.entry(EndpointField.FILE_SHA1, "SHA1HashData SHA1String"),
            Map.entry(EndpointField.FILE_SHA256, "SHA256HashData SHA256String"),
            Map.entry(EndpointField.FILE_ORIGIN_URL, "HostUrl"),
            Map.entry(EndpointField.FILE_REFERRER_URL, "ReferrerUrl"),
            Map.entry(EndpointField.FILE_ZONE, "ZoneIdentifier"),
            Map.entry(EndpointField.LOCAL_IP, "LocalAddressIP4 LocalAddressIP6 LocalIP"),
            Map.entry(EndpointField.LOCAL_PORT, "LocalPort"),
            Map.entry(EndpointField.REMOTE_IP, "RemoteAddressIP4 RemoteAddressIP6 RemoteIP"),
            Map.entry(EndpointField.REMOTE_PORT, "RemotePort"),
            Map.entry(EndpointField.PROTOCOL, "Protocol"),
            Map.entry(EndpointField.DNS_NAME, "DomainName"),
            Map.entry(EndpointField.DNS_TYPE, "RequestType"),
            Map.entry(EndpointField.DNS_ANSWERS, "IP4Records IP6Records FirstIP4Record"),
            Map.entry(EndpointField.LOGON_TYPE, "LogonType"),
            Map.entry(EndpointField.LOGON_ID, "AuthenticationId"),
            Map.entry(EndpointField.ALERT_ID, "CompositeId DetectId"),
            Map.entry(EndpointField.ALERT_TITLE, "DetectName Name Description"),
            Map.entry(EndpointField.ALERT_SEVERITY, "SeverityName Severity"),
            Map.entry(EndpointField.ALERT_TECHNIQUES, "TechniqueId PatternTechniqueId Technique"));

    private static final Map<ProcessField, String> STARTED = Map.ofEntries(
            Map.entry(ProcessField.ENTITY, "TargetProcessId"),
            Map.entry(ProcessField.PID, "RawProcessId"),
            Map.entry(ProcessField.START, "ProcessStartTime"),
            Map.entry(ProcessField.PATH, "ImageFileName"),
            Map.entry(ProcessField.ORIGINAL_NAME, "OriginalFilename"),
            Map.entry(ProcessField.COMMAND_LINE, "CommandLine"),
            Map.entry(ProcessField.INTEGRITY, "IntegrityLevel"),
            Map.entry(ProcessField.MD5, "MD5HashData"),
            Map.entry(ProcessField.SHA1, "SHA1HashData"),
            Map.entry(ProcessField.SHA256, "SHA256HashData"));

    private static final Map<ProcessField, String> STARTER = Map.of(
            ProcessField.ENTITY, "ParentProcessId SourceProcessId",
            ProcessField.NAME, "ParentBaseFileName ParentImageFileName",
            ProcessField.COMMAND_LINE, "ParentCommandLine");

    private static final Map<ProcessField, String> ACTOR = Map.of(
            ProcessField.ENTITY, "ContextProcessId", ProcessField.PATH, "ContextImageFileName ContextBaseFileName");

    private static final Map<AccountField, String> ACCOUNT = Map.of(
            AccountField.NAME, "UserName",
            AccountField.DOMAIN, "LogonDomain UserDomain",
            AccountField.ID, "UserSid UID",
            AccountField.UPN, "UserPrincipal");

    private final int direction;
    private final int nestedDirection;
    private final int cid;
    private final EndpointEvents events;

    public CrowdStrikeJson(JsonPaths paths) {
        direction = paths.field("ConnectionDirection");
        nestedDirection = paths.field("event.ConnectionDirection");
        cid = paths.field("cid");
        FieldTable<AccountField> account = table(paths, AccountField.class, ACCOUNT);
        events = new EndpointEvents(new EndpointTables(
                table(paths, EndpointField.class, FACTS),
                table(paths, ProcessField.class, ACTOR),
                table(paths, ProcessField.class, Map.of()),
                table(paths, ProcessField.class, STARTED),
                table(paths, ProcessField.class, STARTER),
                account,
                account));
    }

    private static <F extends Enum<F>> FieldTable<F> table(JsonPaths paths, Class<F> fields, Map<F, String> names) {
        return new FieldTable<>(paths, fields, names, "event.", "");
    }

    @Override
    public String name() {
        return "crowdstrike.fdr";
    }

    @Override
    public List<String> datasets() {
        return List.of(EVENT, DETECTION, AGENT);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        if (events.fact(document, EndpointField.HOST_ID) == null) {
            return false;
        }
        return events.fact(document, EndpointField.ACTION) != null || isAgent(document);
    }

    private boolean isAgent(JsonFields document) {
        return document.has(cid)
                && (events.fact(document, EndpointField.HOST_LABEL) != null
                        || events.fact(document, EndpointField.HOST_MAC) != null
                        || events.fact(document, EndpointField.OPERATING_SYSTEM) != null);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String action = events.fact(document, EndpointField.ACTION);
        if (action == null) {
            return agent(document, context);
        }
        EndpointFact fact = fact(action, document);
        if (fact == null) {
            return new Outcome.Ignored(EVENT, "event without use here");
        }
        String dataset = fact == EndpointFact.ALERT ? DETECTION : EVENT;
        return finish(events.draft(fact, dataset, document), action, document, context);
    }

    private @Nullable EndpointFact fact(String action, JsonFields document) {
        EndpointFact known = FACTS_BY_NAME.get(action);
        if (known != null) {
            return known;
        }
        if (action.equals("NetworkConnectIP4") || action.equals("NetworkConnectIP6")) {
            String nested = document.get(nestedDirection);
            return connection(nested == null ? document.get(direction) : nested);
        }
        boolean isWrite = action.endsWith("Written") && events.fact(document, EndpointField.FILE_PATH) != null;
        return isWrite ? EndpointFact.FILE_WRITE : null;
    }

    /** 2 is a listening socket, 3 neither side known: no connection that one could follow. */
    private static @Nullable EndpointFact connection(@Nullable String direction) {
        return direction == null || direction.equals(EGRESS)
                ? EndpointFact.CONNECTION_OUT
                : direction.equals(INGRESS) ? EndpointFact.CONNECTION_IN : null;
    }

    /** An address of the host where the row has one, else what is known of the host. */
    private Outcome agent(JsonFields document, RecordContext context) {
        EventDraft lease = events.draft(EndpointFact.ADDRESSES, AGENT, document);
        EventDraft draft = lease == null ? events.acting(EventKind.OTHER, AGENT, document) : lease;
        Host named = events.named(document);
        return finish(named == null ? draft : draft.host(named), null, document, context);
    }

    private Outcome finish(
            @Nullable EventDraft draft, @Nullable String code, JsonFields document, RecordContext context) {
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.fact(document, EndpointField.RECORD_ID);
        if (record != null) {
            draft.identity("crowdstrike", events.fact(document, EndpointField.HOST_ID), code, record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(code), this);
    }
}
