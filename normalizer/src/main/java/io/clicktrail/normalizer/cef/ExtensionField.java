package io.clicktrail.normalizer.cef;

import java.util.List;

/**
 * What the mapping reads, with the spellings in the order of their trust: CEF's short name (ArcSight Common Event
 * Format, version 26), its long name, LEEF's name (IBM QRadar LEEF guide, 2.0).
 */
enum ExtensionField {
    ACTION("act", "deviceAction", "action"),
    APPLICATION("app", "applicationProtocol", "Application"),
    BYTES_IN("in", "bytesIn", "dstBytes"),
    BYTES_OUT("out", "bytesOut", "srcBytes"),
    BYTES_TOTAL("totalBytes"),
    CLIENT_HOST("shost", "sourceHostName", "identHostName"),
    CLIENT_IP("src", "sourceAddress", "c6a2"),
    CLIENT_PORT("spt", "sourcePort", "srcPort"),
    COMMAND_LINE("commandLine", "cmdLine"),
    DESTINATION_HOST("dhost", "destinationHostName"),
    DESTINATION_IP("dst", "destinationAddress", "c6a3"),
    DESTINATION_PORT("dpt", "destinationPort", "dstPort"),
    DEVICE_HOST("dvchost", "deviceHostName"),
    DIRECTION("deviceDirection"),
    DNS_NAME("destinationDnsDomain"),
    DNS_TYPE("qtype"),
    END("end", "endTime"),
    FILE_HASH("fileHash"),
    FILE_NAME("fname", "fileName", "filename"),
    FILE_PATH("filePath"),
    FILE_SIZE("fsize", "fileSize"),
    ID("externalId"),
    LOGON_TYPE("cn1LogonType"),
    MESSAGE_ID("messageId"),
    METHOD("requestMethod", "method"),
    MIME("fileType", "contentType"),
    PID("dpid", "destinationProcessId"),
    PARENT_PID("spid", "sourceProcessId"),
    PROCESS("dproc", "destinationProcessName"),
    PARENT_PROCESS("sproc", "sourceProcessName"),
    PROTOCOL("proto", "transportProtocol"),
    RECEIPT("rt", "deviceReceiptTime", "receiptTime", "devTime"),
    REFERRER("requestContext", "referrer", "referer"),
    RESULT("outcome", "categoryOutcome"),
    SOURCE_DOMAIN("sntdom", "sourceNtDomain"),
    START("start", "startTime"),
    STATUS("status", "responseCode"),
    SUBJECT("subject"),
    TARGET_DOMAIN("dntdom", "destinationNtDomain"),
    TARGET_USER("duser", "destinationUserName"),
    TIME_FORMAT("devTimeFormat"),
    URL("request", "requestUrl", "url"),
    USER("suser", "sourceUserName", "usrName"),
    USER_AGENT("requestClientApplication", "userAgent"),
    ZONE("dtz", "deviceTimeZone", "tz");

    private static final ExtensionField[] ALL = values();

    private final List<String> spellings;

    ExtensionField(String... spellings) {
        this.spellings = List.of(spellings);
    }

    List<String> spellings() {
        return spellings;
    }

    static ExtensionField[] all() {
        return ALL;
    }
}
