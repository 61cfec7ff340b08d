package io.clicktrail.normalizer.windows;

import static io.clicktrail.normalizer.windows.EventData.APPLICATION;
import static io.clicktrail.normalizer.windows.EventData.COMMAND_LINE;
import static io.clicktrail.normalizer.windows.EventData.CURRENT_DIRECTORY;
import static io.clicktrail.normalizer.windows.EventData.DESTINATION_IP;
import static io.clicktrail.normalizer.windows.EventData.DESTINATION_PORT;
import static io.clicktrail.normalizer.windows.EventData.DESTINATION_PORT_NAME;
import static io.clicktrail.normalizer.windows.EventData.DEST_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.DEST_PORT;
import static io.clicktrail.normalizer.windows.EventData.DIRECTION;
import static io.clicktrail.normalizer.windows.EventData.HASH;
import static io.clicktrail.normalizer.windows.EventData.HASHES;
import static io.clicktrail.normalizer.windows.EventData.IMAGE;
import static io.clicktrail.normalizer.windows.EventData.INITIATED;
import static io.clicktrail.normalizer.windows.EventData.IP_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.IP_PORT;
import static io.clicktrail.normalizer.windows.EventData.LOGON_TYPE;
import static io.clicktrail.normalizer.windows.EventData.NEW_PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.NEW_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.ORIGINAL_FILE_NAME;
import static io.clicktrail.normalizer.windows.EventData.PARENT_COMMAND_LINE;
import static io.clicktrail.normalizer.windows.EventData.PARENT_IMAGE;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_GUID;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_GUID;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.PROTOCOL;
import static io.clicktrail.normalizer.windows.EventData.QUERY_NAME;
import static io.clicktrail.normalizer.windows.EventData.QUERY_RESULTS;
import static io.clicktrail.normalizer.windows.EventData.QUERY_STATUS;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_IP;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_PORT;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_FILENAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_LOGON_ID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.USER;
import static io.clicktrail.normalizer.windows.EventData.WORKSTATION_NAME;
import static io.clicktrail.normalizer.windows.EventData.WRITER_OR_PROCESS_ID;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.HashFields;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows events as Winlogbeat and Elastic Agent write them. Without their modules all data is in {@code
 * winlog.event_data}; the modules move or copy it to ECS fields. Both are read, {@code event_data} first, with dotted
 * keys or nested ones.
 *
 * <p>Behind a Windows event collector {@code host.name} is the collector, {@code event.created} is when the event was
 * read, and {@code user.id} of a Sysmon event is the account Sysmon runs as: none of them is taken for the event's own.
 */
public final class WinlogbeatJson implements JsonFormat {

    private static final Map<EventData, String> SYSMON_ECS = Map.ofEntries(
            Map.entry(PROCESS_GUID, "process.entity_id"),
            Map.entry(PROCESS_ID, "process.pid"),
            Map.entry(IMAGE, "process.executable"),
            Map.entry(ORIGINAL_FILE_NAME, "process.pe.original_file_name"),
            Map.entry(COMMAND_LINE, "process.command_line"),
            Map.entry(CURRENT_DIRECTORY, "process.working_directory"),
            Map.entry(PARENT_PROCESS_GUID, "process.parent.entity_id"),
            Map.entry(PARENT_PROCESS_ID, "process.parent.pid"),
            Map.entry(PARENT_IMAGE, "process.parent.executable"),
            Map.entry(PARENT_COMMAND_LINE, "process.parent.command_line"),
            Map.entry(PROTOCOL, "network.transport"),
            Map.entry(DESTINATION_PORT_NAME, "network.protocol"),
            Map.entry(SOURCE_IP, "source.ip"),
            Map.entry(SOURCE_PORT, "source.port"),
            Map.entry(DESTINATION_IP, "destination.ip"),
            Map.entry(DESTINATION_PORT, "destination.port"),
            Map.entry(TARGET_FILENAME, "file.path"),
            Map.entry(QUERY_NAME, "dns.question.name"),
            Map.entry(QUERY_STATUS, "sysmon.dns.status"));

    private static final Map<EventData, String> PROCESS_ECS = Map.ofEntries(
            Map.entry(NEW_PROCESS_ID, "process.pid"),
            Map.entry(NEW_PROCESS_NAME, "process.executable"),
            Map.entry(COMMAND_LINE, "process.command_line"),
            Map.entry(PROCESS_ID, "process.parent.pid"),
            Map.entry(PARENT_PROCESS_NAME, "process.parent.executable"),
            Map.entry(SUBJECT_USER_NAME, "user.name"),
            Map.entry(SUBJECT_DOMAIN_NAME, "user.domain"),
            Map.entry(SUBJECT_USER_SID, "user.id"),
            Map.entry(TARGET_USER_NAME, "user.target.name"),
            Map.entry(TARGET_DOMAIN_NAME, "user.target.domain"),
            Map.entry(TARGET_USER_SID, "user.target.id"));

    private static final Map<EventData, String> CONNECTION_ECS = Map.ofEntries(
            Map.entry(SOURCE_ADDRESS, "source.ip"),
            Map.entry(SOURCE_PORT, "source.port"),
            Map.entry(DEST_ADDRESS, "destination.ip"),
            Map.entry(DEST_PORT, "destination.port"),
            Map.entry(PROTOCOL, "network.iana_number"),
            Map.entry(DIRECTION, "network.direction"),
            Map.entry(WRITER_OR_PROCESS_ID, "process.pid"),
            Map.entry(APPLICATION, "process.executable"));

    private static final Map<EventData, String> LOGON_ECS = Map.ofEntries(
            Map.entry(TARGET_USER_NAME, "user.name"),
            Map.entry(TARGET_DOMAIN_NAME, "user.domain"),
            Map.entry(TARGET_USER_SID, "user.id"),
            Map.entry(TARGET_LOGON_ID, "winlog.logon.id"),
            Map.entry(LOGON_TYPE, "winlog.logon.type"),
            Map.entry(IP_ADDRESS, "source.ip"),
            Map.entry(IP_PORT, "source.port"),
            Map.entry(PROCESS_ID, "process.pid"),
            Map.entry(PROCESS_NAME, "process.executable"),
            Map.entry(WORKSTATION_NAME, "source.domain"));

    private final int winlog;
    private final int agentType;
    private final int eventId;
    private final int eventCode;
    private final int provider;
    private final int eventProvider;
    private final int channel;
    private final int computer;
    private final int hostName;
    private final int recordId;
    private final int timestamp;
    private final int userName;
    private final int userDomain;
    private final int direction;
    private final int resolved;
    private final HashFields processHash;
    private final HashFields fileHash;
    private final int[] data = new int[EventData.count()];
    private final int[] sysmonEcs;
    private final int[] processEcs;
    private final int[] connectionEcs;
    private final int[] logonEcs;

    public WinlogbeatJson(JsonPaths paths) {
        winlog = paths.field("winlog");
        agentType = paths.recurring("agent.type");
        eventId = paths.field("winlog.event_id");
        eventCode = paths.field("event.code");
        provider = paths.recurring("winlog.provider_name");
        eventProvider = paths.recurring("event.provider");
        channel = paths.recurring("winlog.channel");
        computer = paths.recurring("winlog.computer_name");
        hostName = paths.recurring("host.name");
        recordId = paths.field("winlog.record_id");
        timestamp = paths.field("@timestamp");
        userName = paths.field("user.name");
        userDomain = paths.field("user.domain");
        direction = paths.field("network.direction");
        resolved = paths.field("dns.resolved_ip");
        processHash = HashFields.of(paths, "process.hash");
        fileHash = HashFields.of(paths, "file.hash");
        for (int i = 0; i < data.length; i++) {
            String path = "winlog.event_data." + EventData.at(i).spelling();
            data[i] = EventData.at(i).isRecurring() ? paths.recurring(path) : paths.field(path);
        }
        sysmonEcs = slots(paths, SYSMON_ECS);
        processEcs = slots(paths, PROCESS_ECS);
        connectionEcs = slots(paths, CONNECTION_ECS);
        logonEcs = slots(paths, LOGON_ECS);
    }

    @Override
    public String name() {
        return "windows.winlogbeat";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.isObject(winlog) || document.has(eventId) || "winlogbeat".equals(document.get(agentType));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        WindowsRecord record = new WindowsRecord();
        record.system(
                either(document, eventId, eventCode),
                either(document, provider, eventProvider),
                document.get(channel),
                either(document, computer, hostName),
                document.get(recordId),
                document.get(timestamp));
        if (record.isSysmon()) {
            record.data(document, data, sysmonEcs);
            sysmonModule(record, document);
        } else {
            record.data(
                    document,
                    data,
                    switch (record.eventId()) {
                        case "4688" -> processEcs;
                        case "5156" -> connectionEcs;
                        default -> logonEcs;
                    });
        }
        if (document.truncated()) {
            record.cut();
        }
        return WindowsEvents.map(record, context, this);
    }

    /** What the Sysmon module keeps in another shape than one field for one. */
    private void sysmonModule(WindowsRecord record, JsonFields document) {
        if (document.get(userName) != null && record.data(USER) == null) {
            String domain = document.get(userDomain);
            record.data(USER, domain == null ? document.get(userName) : domain + "\\" + document.get(userName));
        }
        String towards = document.get(direction);
        if (towards != null && record.data(INITIATED) == null) {
            record.data(INITIATED, initiated(towards));
        }
        if (document.get(resolved) != null && record.data(QUERY_RESULTS) == null) {
            record.data(QUERY_RESULTS, String.join(";", document.all(resolved)));
        }
        if (record.data(HASHES) == null) {
            boolean isOfFile = record.data(TARGET_FILENAME) != null;
            record.data(HASHES, list(document, isOfFile ? fileHash : processHash));
        }
        if (record.data(HASH) == null) {
            record.data(HASH, list(document, fileHash));
        }
    }

    private static @Nullable String initiated(String direction) {
        return switch (direction) {
            case "egress", "outbound" -> "true";
            case "ingress", "inbound" -> "false";
            default -> null;
        };
    }

    private static @Nullable String either(JsonFields document, int first, int second) {
        String value = document.get(first);
        return value == null ? document.get(second) : value;
    }

    private static int[] slots(JsonPaths paths, Map<EventData, String> ecs) {
        int[] slots = new int[EventData.count()];
        Arrays.fill(slots, -1);
        ecs.forEach((field, path) -> slots[field.ordinal()] = paths.field(path));
        return slots;
    }

    /** The hashes put back into the list that they came from. */
    private static @Nullable String list(JsonFields document, HashFields hash) {
        String md5 = document.get(hash.md5());
        String sha1 = document.get(hash.sha1());
        String sha256 = document.get(hash.sha256());
        return md5 == null && sha1 == null && sha256 == null
                ? null
                : "MD5=" + md5 + ",SHA1=" + sha1 + ",SHA256=" + sha256;
    }
}
