package io.clicktrail.normalizer.mapping;

import io.clicktrail.event.EventKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of an event that a mapping may fill, under the names under which {@code normalize} prints them. */
enum TargetField {
    EVENT_ID("event.id"),
    /** The audit system's number of the event: its id is made of the host, the time and this. */
    EVENT_SERIAL("event.serial"),
    EVENT_CODE("event.code"),
    EVENT_OUTCOME("event.outcome"),
    HOST_NAME("host.name"),
    HOST_ID("host.id"),
    HOST_IP("host.ip"),
    HOST_PLATFORM("host.os.type"),
    HOST_OS_VERSION("host.os.version"),
    USER_NAME("user.name"),
    USER_DOMAIN("user.domain"),
    USER_ID("user.id"),
    USER_EMAIL("user.email"),
    PROCESS_ENTITY_ID("process.entity_id"),
    /** With the name of the host, what distinguishes it from all other processes. */
    PROCESS_INSTANCE("process.instance"),
    PROCESS_PID("process.pid"),
    PROCESS_START("process.start"),
    PROCESS_EXECUTABLE("process.executable"),
    PROCESS_NAME("process.name"),
    PROCESS_COMMAND_LINE("process.command_line"),
    PROCESS_WORKING_DIRECTORY("process.working_directory"),
    PROCESS_SESSION("process.session_id"),
    PROCESS_SIGNING_ID("process.code_signature.signing_id"),
    PROCESS_TEAM_ID("process.code_signature.team_id"),
    PROCESS_SIGNER("process.code_signature.subject_name"),
    PROCESS_SIGNATURE_STATUS("process.code_signature.status"),
    PROCESS_CDHASH("process.code_signature.cdhash"),
    PROCESS_MD5("process.hash.md5"),
    PROCESS_SHA1("process.hash.sha1"),
    PROCESS_SHA256("process.hash.sha256"),
    PARENT_ENTITY_ID("process.parent.entity_id"),
    PARENT_INSTANCE("process.parent.instance"),
    PARENT_PID("process.parent.pid"),
    PARENT_EXECUTABLE("process.parent.executable"),
    PARENT_COMMAND_LINE("process.parent.command_line"),
    CLIENT_IP("client.ip"),
    CLIENT_PORT("client.port"),
    CLIENT_DOMAIN("client.domain"),
    CLIENT_BYTES("client.bytes"),
    DESTINATION_IP("destination.ip"),
    DESTINATION_PORT("destination.port"),
    DESTINATION_DOMAIN("destination.domain"),
    DESTINATION_BYTES("destination.bytes"),
    NETWORK_TRANSPORT("network.transport"),
    NETWORK_PROTOCOL("network.protocol"),
    NETWORK_DIRECTION("network.direction"),
    NETWORK_BYTES("network.bytes"),
    URL("url.original"),
    URL_SCHEME("url.scheme"),
    URL_DOMAIN("url.domain"),
    HTTP_METHOD("http.request.method"),
    HTTP_REFERRER("http.request.referrer"),
    HTTP_STATUS("http.response.status_code"),
    HTTP_MIME_TYPE("http.response.mime_type"),
    HTTP_BYTES("http.response.body.bytes"),
    USER_AGENT("user_agent.original"),
    DNS_NAME("dns.question.name"),
    DNS_TYPE("dns.question.type"),
    DNS_CODE("dns.response_code"),
    DNS_ADDRESSES("dns.resolved_ip"),
    FILE_PATH("file.path"),
    FILE_ORIGINAL_PATH("file.original_path"),
    FILE_SIZE("file.size"),
    FILE_MODE("file.mode"),
    FILE_MIME_TYPE("file.mime_type"),
    FILE_MD5("file.hash.md5"),
    FILE_SHA1("file.hash.sha1"),
    FILE_SHA256("file.hash.sha256"),
    FILE_ORIGIN_URL("file.origin_url"),
    FILE_ORIGIN_REFERRER("file.origin_referrer_url"),
    EMAIL_MESSAGE_ID("email.message_id"),
    EMAIL_FROM("email.from"),
    EMAIL_TO("email.to"),
    EMAIL_SUBJECT("email.subject"),
    EMAIL_LOCAL_ID("email.local_id"),
    EMAIL_URLS("email.urls"),
    EMAIL_VERDICT("email.verdict"),
    EMAIL_ACTION("email.action"),
    EMAIL_SPF("email.spf"),
    EMAIL_DKIM("email.dkim"),
    EMAIL_DMARC("email.dmarc"),
    LOGON_TYPE("logon.type"),
    LOGON_ID("logon.id"),
    LOGON_IP("logon.ip"),
    LOGON_BEGIN("logon.begin"),
    LOGON_COUNTRY("logon.country"),
    LOGON_MFA_DENIED("logon.mfa_denied"),
    LOGON_RISK("logon.risk"),
    LEASE_IP("lease.ip"),
    LEASE_MAC("lease.mac"),
    LEASE_HOSTNAME("lease.hostname"),
    LEASE_SECONDS("lease.seconds"),
    ALERT_ID("security_alert.id"),
    ALERT_TITLE("security_alert.title"),
    ALERT_SEVERITY("security_alert.severity");

    /** What an event of a kind says nothing without: one of these. Other kinds cannot be mapped. */
    static final Map<EventKind, Set<TargetField>> NEEDED = Map.ofEntries(
            Map.entry(EventKind.PROCESS_START, Set.of(PROCESS_EXECUTABLE, PROCESS_COMMAND_LINE)),
            Map.entry(EventKind.PROCESS_END, Set.of(PROCESS_ENTITY_ID, PROCESS_PID)),
            Map.entry(EventKind.URL_OPEN, Set.of(URL)),
            Map.entry(
                    EventKind.NETWORK_CONNECTION, Set.of(CLIENT_IP, CLIENT_DOMAIN, DESTINATION_IP, DESTINATION_DOMAIN)),
            Map.entry(EventKind.DNS_QUERY, Set.of(DNS_NAME)),
            Map.entry(EventKind.HTTP_REQUEST, Set.of(URL, DESTINATION_DOMAIN)),
            Map.entry(EventKind.FILE_WRITE, Set.of(FILE_PATH)),
            Map.entry(EventKind.FILE_MARK, Set.of(FILE_PATH)),
            Map.entry(EventKind.FILE_MODE, Set.of(FILE_PATH)),
            Map.entry(EventKind.EMAIL, Set.of(EMAIL_FROM, EMAIL_TO, EMAIL_MESSAGE_ID, EMAIL_LOCAL_ID)),
            Map.entry(EventKind.LOGON, Set.of(USER_NAME, USER_ID, USER_EMAIL)),
            Map.entry(EventKind.ADDRESS_LEASE, Set.of(LEASE_IP)),
            Map.entry(EventKind.SECURITY_ALERT, Set.of(ALERT_TITLE)));

    private static final TargetField[] ALL = values();
    private static final Map<String, TargetField> BY_NAME = new HashMap<>();

    static {
        for (TargetField target : ALL) {
            BY_NAME.put(target.spelling, target);
        }
    }

    private final String spelling;

    TargetField(String spelling) {
        this.spelling = spelling;
    }

    /** Whether the event has a list of it. */
    boolean isList() {
        return this == EMAIL_TO || this == EMAIL_URLS || this == DNS_ADDRESSES;
    }

    /** The part of the event that it is in. */
    Part part() {
        return switch (spelling.substring(0, spelling.indexOf('.'))) {
            case "process" -> Part.PROCESS;
            case "file" -> Part.FILE;
            case "email" -> Part.EMAIL;
            case "client", "destination", "network", "url", "http", "user_agent" -> Part.NETWORK;
            default -> Part.OTHER;
        };
    }

    /** Parts of an event that are made only where a mapping names a field of theirs. */
    enum Part {
        PROCESS,
        FILE,
        EMAIL,
        NETWORK,
        OTHER
    }

    String spelling() {
        return spelling;
    }

    static int count() {
        return ALL.length;
    }

    static @Nullable TargetField named(String name) {
        return BY_NAME.get(name);
    }

    static List<String> spellings() {
        return Arrays.stream(ALL).map(TargetField::spelling).toList();
    }
}
