package io.clicktrail.standalone;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Synthetic logs of 14 October 2026 at CORP. On ws-0142 a.meyer opens a link in a mail: the browser connects to a new
 * look-alike domain, an ISO is written to Downloads, and a script in it runs. On lx-0031 j.novak opens a link in
 * Thunderbird, makes the downloaded AppImage executable and starts it. On mac-0017 l.rossi opens a link in Slack,
 * removes the quarantine attribute of the disk image and starts the program on it. Everything else is ordinary work and
 * must not become a case.
 */
public final class DemoLogs {
    /** The hosts on which somebody followed a link and ran what came of it. */
    static final Set<String> HOSTS_WITH_CASES =
            Set.of("ws-0142.corp.example", "lx-0031.corp.example", "mac-0017.corp.example");

    private static final String DOMAIN = ".corp.example";
    private static final String FOLDER = "demo/";
    private static final List<String> LOGS = List.of(
            "windows/ws-0142.winlogbeat.ndjson",
            "windows/ws-0077.winlogbeat.ndjson",
            "windows/dev-0009.events.xml",
            "windows/zeek-conn.ndjson",
            "windows/zeek-dns.ndjson",
            "windows/zeek-http.ndjson",
            "windows/zeek-ssl.ndjson",
            "windows/entra-sign-in.ndjson",
            "windows/proofpoint-tap.ndjson",
            "windows/zeek-files.ndjson",
            "windows/zeek-dhcp.ndjson",
            "windows/squid-access.log",
            "linux/lx-0031.syslog",
            "linux/zeek-conn.ndjson",
            "linux/zeek-dns.ndjson",
            "linux/zeek-ssl.ndjson",
            "linux/zeek-dhcp.ndjson",
            "macos/mac-0017.syslog",
            "macos/zeek-conn.ndjson",
            "macos/zeek-dns.ndjson",
            "macos/zeek-ssl.ndjson",
            "macos/zeek-dhcp.ndjson");

    private DemoLogs() {}

    /** Writes the logs into one folder for each platform below a new folder, and returns that one. */
    public static Path unpack(Path folder) throws IOException {
        for (String log : LOGS) {
            Path file = folder.resolve(log);
            Files.createDirectories(file.getParent());
            try (InputStream content = open(log)) {
                Files.copy(content, file);
            }
        }
        return folder;
    }

    /** True for the name of a host of CORP. */
    static boolean isHost(String name) {
        return name.endsWith(DOMAIN);
    }

    /** Domains that CORP uses every day. */
    public static List<String> knownDomains() throws IOException {
        try (InputStream content = open("known-domains.txt")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream content = DemoLogs.class.getResourceAsStream(FOLDER + name);
        if (content == null) {
            throw new FileNotFoundException(FOLDER + name);
        }
        return content;
    }
}
