package io.clicktrail.standalone;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The logs of 14 October 2026 at CORP, all invented. On ws-0142 a.meyer opens a link in a mail: the running browser reaches a
 * new look-alike domain, an ISO lands in Downloads, a script in it runs. All else is an ordinary morning and must stay silent.
 */
final class DemoDay {
    private static final String FOLDER = "demo/windows/";
    private static final List<String> LOGS = List.of(
            "ws-0142.winlogbeat.ndjson",
            "ws-0077.winlogbeat.ndjson",
            "dev-0009.events.xml",
            "zeek-conn.ndjson",
            "zeek-dns.ndjson",
            "zeek-http.ndjson",
            "zeek-ssl.ndjson",
            "zeek-files.ndjson",
            "zeek-dhcp.ndjson",
            "squid-access.log");

    private DemoDay() {}

    /** Writes the logs into a folder, which is made, and returns it. */
    static Path unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String log : LOGS) {
            try (InputStream content = open(log)) {
                Files.copy(content, folder.resolve(log));
            }
        }
        return folder;
    }

    /** What CORP's people reach every day, one domain a line. */
    static List<String> knownDomains() throws IOException {
        try (InputStream content = open("known-domains.txt")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream content = DemoDay.class.getResourceAsStream(FOLDER + name);
        if (content == null) {
            throw new FileNotFoundException(FOLDER + name);
        }
        return content;
    }
}
