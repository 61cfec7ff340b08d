package io.clicktrail.normalizer.endpoint;

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
 * SentinelOne Cloud Funnel 2.0 (dotted names, {@code event.type}): the source process is the actor, the target process
 * the one that it started. {@code uid} is the agent's own identity of a process.
 */
public final class SentinelOneJson implements JsonFormat {

    private static final String DATASET = "sentinelone.event";
    private static final String INCOMING = "INCOMING";

    private static final Map<String, EndpointFact> FACTS_BY_TYPE = Map.ofEntries(
            Map.entry("Process Creation", EndpointFact.PROCESS_START),
            Map.entry("Process Termination", EndpointFact.PROCESS_END),
            Map.entry("File Creation", EndpointFact.FILE_WRITE),
            Map.entry("File Modification", EndpointFact.FILE_WRITE),
            Map.entry("File Rename", EndpointFact.FILE_WRITE),
            Map.entry("DNS Resolved", EndpointFact.DNS_QUERY),
            Map.entry("DNS Unresolved", EndpointFact.DNS_QUERY),
            Map.entry("GET", EndpointFact.HTTP_REQUEST),
            Map.entry("POST", EndpointFact.HTTP_REQUEST),
            Map.entry("PUT", EndpointFact.HTTP_REQUEST),
            Map.entry("HEAD", EndpointFact.HTTP_REQUEST),
            Map.entry("OPTIONS", EndpointFact.HTTP_REQUEST),
            Map.entry("CONNECT", EndpointFact.HTTP_REQUEST),
            Map.entry("Logout", EndpointFact.LOGOFF));

    private static final Map<EndpointField, String> FACTS = Map.ofEntries(
            Map.entry(EndpointField.TIME, "event.time"),
            Map.entry(EndpointField.ACTION, "event.type"),
            Map.entry(EndpointField.RECORD_ID, "event.id"),
            Map.entry(EndpointField.HOST_NAME, "endpoint.name"),
            Map.entry(EndpointField.HOST_ID, "agent.uuid"),
            Map.entry(EndpointField.OPERATING_SYSTEM, "endpoint.os"),
            Map.entry(EndpointField.FILE_PATH, "tgt.file.path"),
            Map.entry(EndpointField.FILE_OLD_PATH, "tgt.file.oldPath"),
            Map.entry(EndpointField.FILE_SIZE, "tgt.file.size"),
            Map.entry(EndpointField.FILE_MD5, "tgt.file.md5"),
            Map.entry(EndpointField.FILE_SHA1, "tgt.file.sha1"),
            Map.entry(EndpointField.FILE_SHA256, "tgt.file.sha256"),
            Map.entry(EndpointField.LOCAL_IP, "src.ip.address"),
            Map.entry(EndpointField.LOCAL_PORT, "src.port.number"),
            Map.entry(EndpointField.REMOTE_IP, "dst.ip.address src.endpoint.ip.address"),
            Map.entry(EndpointField.REMOTE_PORT, "dst.port.number"),
            Map.entry(EndpointField.REMOTE_URL, "url.address"),
            Map.entry(EndpointField.PROTOCOL, "event.network.protocolName"),
            Map.entry(EndpointField.HTTP_METHOD, "event.url.action"),
            Map.entry(EndpointField.DNS_NAME, "event.dns.request"),
            Map.entry(EndpointField.DNS_ANSWERS, "event.dns.response"),
            Map.entry(EndpointField.LOGON_TYPE, "event.login.type"),
            Map.entry(EndpointField.LOGON_ID, "event.login.sessionId"));

    private static final Map<ProcessField, String> PROCESS = Map.of(
            ProcessField.ENTITY, "uid",
            ProcessField.PID, "pid",
            ProcessField.START, "startTime",
            ProcessField.PATH, "image.path",
            ProcessField.COMMAND_LINE, "cmdline",
            ProcessField.INTEGRITY, "integrityLevel",
            ProcessField.MD5, "image.md5",
            ProcessField.SHA1, "image.sha1",
            ProcessField.SHA256, "image.sha256");

    private final int direction;
    private final int status;
    private final int isSuccessful;
    private final EndpointEvents events;

    public SentinelOneJson(JsonPaths paths) {
        direction = paths.field("event.network.direction");
        status = paths.field("event.network.connectionStatus");
        isSuccessful = paths.field("event.login.loginIsSuccessful");
        FieldTable<ProcessField> actor = new FieldTable<>(paths, ProcessField.class, PROCESS, "src.process.");
        events = new EndpointEvents(new EndpointTables(
                new FieldTable<>(paths, EndpointField.class, FACTS, ""),
                actor,
                new FieldTable<>(paths, ProcessField.class, PROCESS, "src.process.parent."),
                new FieldTable<>(paths, ProcessField.class, PROCESS, "tgt.process."),
                actor,
                new FieldTable<>(
                        paths,
                        AccountField.class,
                        Map.of(AccountField.NAME, "user", AccountField.ID, "userSid"),
                        "src.process."),
                new FieldTable<>(
                        paths,
                        AccountField.class,
                        Map.of(
                                AccountField.NAME, "tgt.process.user event.login.userName",
                                AccountField.DOMAIN, "event.login.accountDomain",
                                AccountField.ID, "tgt.process.userSid event.login.accountSid"),
                        "")));
    }

    @Override
    public String name() {
        return "sentinelone.cloud-funnel";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return events.fact(document, EndpointField.HOST_ID) != null
                && events.fact(document, EndpointField.ACTION) != null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String type = events.fact(document, EndpointField.ACTION);
        EndpointFact fact = type == null ? null : fact(type, document);
        if (fact == null) {
            return new Outcome.Ignored(DATASET, "event type without use here");
        }
        EventDraft draft = events.draft(fact, DATASET, document);
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.fact(document, EndpointField.RECORD_ID);
        if (record != null) {
            draft.identity("sentinelone", events.fact(document, EndpointField.HOST_ID), record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(type), this);
    }

    private @Nullable EndpointFact fact(String type, JsonFields document) {
        return switch (type) {
            case "IP Connect" -> {
                if (INCOMING.equals(document.get(direction))) {
                    yield EndpointFact.CONNECTION_IN;
                }
                String outcome = document.get(status);
                yield "FAILURE".equals(outcome) || "BLOCKED".equals(outcome)
                        ? EndpointFact.CONNECTION_OUT_FAILED
                        : EndpointFact.CONNECTION_OUT;
            }
            case "Login" -> "false".equals(document.get(isSuccessful)) ? EndpointFact.LOGON_FAILED : EndpointFact.LOGON;
            default -> FACTS_BY_TYPE.get(type);
        };
    }
}
