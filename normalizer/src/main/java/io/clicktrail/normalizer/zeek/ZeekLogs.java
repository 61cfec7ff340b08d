package io.clicktrail.normalizer.zeek;

import io.clicktrail.normalizer.fields.Fields;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Zeek's logs by the name that {@code _path} gives them (docs.zeek.org, log files). */
public final class ZeekLogs {

    static final List<String> READ =
            List.of("conn", "dns", "http", "ssl", "quic", "files", "dhcp", "kerberos", "ntlm", "smtp");

    /** A log of a package or of a site's own script. */
    static final String OTHER = "other";

    private static final List<String> IGNORED = List.of(
            "capture_loss",
            "dce_rpc",
            "dpd",
            "ftp",
            "irc",
            "known_certs",
            "known_devices",
            "known_hosts",
            "known_services",
            "mysql",
            "notice",
            "ntp",
            "ocsp",
            "pe",
            "radius",
            "rdp",
            "rfb",
            "sip",
            "smb_files",
            "smb_mapping",
            "snmp",
            "socks",
            "software",
            "ssh",
            "stats",
            "syslog",
            "tunnel",
            "weird",
            "x509");

    private static final List<String> NAMES =
            Stream.concat(READ.stream(), IGNORED.stream()).toList();
    private static final Set<String> KNOWN = Set.copyOf(NAMES);

    private ZeekLogs() {}

    /** The names under which a wrapper may carry a log. */
    public static List<String> names() {
        return NAMES;
    }

    static List<String> datasets() {
        return Stream.concat(NAMES.stream(), Stream.of(OTHER))
                .map(name -> "zeek." + name)
                .toList();
    }

    /** The log's name as one of a fixed set. */
    static String known(String name) {
        return KNOWN.contains(name) ? name : OTHER;
    }

    /** The log of a document that does not name it. */
    static String byFields(ZeekFields fields, Fields document) {
        if (document.has(fields.query) && document.has(fields.proto)) {
            return "dns";
        }
        if (document.has(fields.connState)) {
            return "conn";
        }
        if (document.has(fields.method) && document.has(fields.transDepth)) {
            return "http";
        }
        if (document.has(fields.cipher) || document.has(fields.serverName)) {
            return "ssl";
        }
        if (document.has(fields.fuid) && document.has(fields.source)) {
            return "files";
        }
        if (document.has(fields.requestType) && document.has(fields.krbClient)) {
            return "kerberos";
        }
        if (document.has(fields.ntlmHost) || document.has(fields.ntlmDomain)) {
            return "ntlm";
        }
        if (document.has(fields.helo) || document.has(fields.mailFrom)) {
            return "smtp";
        }
        return fields.assigned.get(document) == null ? OTHER : "dhcp";
    }

    /** A value that Zeek writes under one of two names. */
    record Either(int first, int second) {
        @Nullable
        String get(Fields document) {
            String value = document.get(first);
            return value == null ? document.get(second) : value;
        }
    }
}
