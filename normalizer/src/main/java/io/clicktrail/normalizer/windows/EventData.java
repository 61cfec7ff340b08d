package io.clicktrail.normalizer.windows;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in {@code EventData} that the mapping reads, as Windows spells them. */
enum EventData {
    UTC_TIME("UtcTime"),
    PROCESS_GUID("ProcessGuid"),
    PROCESS_ID("ProcessId"),
    IMAGE("Image"),
    ORIGINAL_FILE_NAME("OriginalFileName"),
    COMMAND_LINE("CommandLine"),
    CURRENT_DIRECTORY("CurrentDirectory"),
    USER("User"),
    INTEGRITY_LEVEL("IntegrityLevel"),
    LOGON_ID("LogonId"),
    HASHES("Hashes"),
    HASH("Hash"),
    PARENT_PROCESS_GUID("ParentProcessGuid"),
    PARENT_PROCESS_ID("ParentProcessId"),
    PARENT_IMAGE("ParentImage"),
    PARENT_COMMAND_LINE("ParentCommandLine"),
    PROTOCOL("Protocol"),
    INITIATED("Initiated"),
    SOURCE_IP("SourceIp"),
    SOURCE_PORT("SourcePort"),
    DESTINATION_IP("DestinationIp"),
    DESTINATION_PORT("DestinationPort"),
    DESTINATION_PORT_NAME("DestinationPortName"),
    TARGET_FILENAME("TargetFilename"),
    CONTENTS("Contents"),
    QUERY_NAME("QueryName"),
    QUERY_STATUS("QueryStatus"),
    QUERY_RESULTS("QueryResults"),
    SUBJECT_USER_SID("SubjectUserSid"),
    SUBJECT_USER_NAME("SubjectUserName"),
    SUBJECT_DOMAIN_NAME("SubjectDomainName"),
    TARGET_USER_SID("TargetUserSid"),
    TARGET_SID("TargetSid"),
    TARGET_USER_NAME("TargetUserName"),
    TARGET_DOMAIN_NAME("TargetDomainName"),
    SUBJECT_LOGON_ID("SubjectLogonId"),
    TARGET_LOGON_ID("TargetLogonId"),
    LOGON_TYPE("LogonType"),
    IP_ADDRESS("IpAddress"),
    IP_PORT("IpPort"),
    WORKSTATION_NAME("WorkstationName"),
    NEW_PROCESS_ID("NewProcessId"),
    NEW_PROCESS_NAME("NewProcessName"),
    PARENT_PROCESS_NAME("ParentProcessName"),
    MANDATORY_LABEL("MandatoryLabel"),
    PROCESS_NAME("ProcessName"),
    STATUS("Status"),
    APPLICATION("Application"),
    DIRECTION("Direction"),
    SOURCE_ADDRESS("SourceAddress"),
    DEST_ADDRESS("DestAddress"),
    DEST_PORT("DestPort"),
    THREAT_NAME("Threat Name"),
    SEVERITY_NAME("Severity Name"),
    DETECTION_ID("Detection ID"),
    DETECTION_USER("Detection User"),
    DEFENDER_PROCESS_NAME("Process Name"),
    PATH("Path"),
    BITS_URL("url"),
    OBJECT_TYPE("ObjectType"),
    OBJECT_NAME("ObjectName"),
    ACCESS_MASK("AccessMask"),
    EVENT_TYPE("EventType"),
    TARGET_OBJECT("TargetObject"),
    DETAILS("Details"),
    TASK_NAME("TaskName"),
    TASK_CONTENT("TaskContent"),
    SERVICE_NAME("ServiceName"),
    SERVICE_FILE_NAME("ServiceFileName"),
    SERVICE_IMAGE_PATH("ImagePath"),
    CLIENT_PROCESS_ID("ClientProcessId"),
    IMAGE_LOADED("ImageLoaded"),
    SIGNED("Signed"),
    SIGNATURE("Signature"),
    SIGNATURE_STATUS("SignatureStatus"),

    /** Of the system fields: whose account wrote the event. */
    SYSTEM_USER_ID("UserID"),
    /** The process of a 5156; in NXLog's flat records the name is that of the event's writer. */
    WRITER_OR_PROCESS_ID("ProcessID");

    private static final EventData[] ALL = values();
    private static final Set<EventData> RECURRING = EnumSet.of(
            IMAGE,
            ORIGINAL_FILE_NAME,
            USER,
            INTEGRITY_LEVEL,
            LOGON_ID,
            PARENT_IMAGE,
            SUBJECT_USER_SID,
            SUBJECT_USER_NAME,
            SUBJECT_DOMAIN_NAME,
            TARGET_USER_SID,
            TARGET_USER_NAME,
            TARGET_DOMAIN_NAME,
            WORKSTATION_NAME,
            NEW_PROCESS_NAME,
            PARENT_PROCESS_NAME,
            MANDATORY_LABEL,
            PROCESS_NAME,
            APPLICATION);
    private static final Map<String, EventData> BY_NAME = new HashMap<>();

    static {
        for (EventData field : ALL) {
            BY_NAME.put(field.spelling, field);
        }
        for (EventData field : ALL) {
            BY_NAME.putIfAbsent(Character.toLowerCase(field.spelling.charAt(0)) + field.spelling.substring(1), field);
        }
    }

    private final String spelling;

    EventData(String spelling) {
        this.spelling = spelling;
    }

    String spelling() {
        return spelling;
    }

    /** Whether few values of it come again and again: programs, accounts and words. */
    boolean isRecurring() {
        return RECURRING.contains(this);
    }

    static int count() {
        return ALL.length;
    }

    static EventData at(int ordinal) {
        return ALL[ordinal];
    }

    static @Nullable EventData named(String name) {
        return BY_NAME.get(name);
    }
}
