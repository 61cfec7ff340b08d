package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.intel.feed.Listing.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds with one entry a line. */
final class CsvFeeds {

    private static final int MAX_LINE = 65_536;
    private static final int ONLINE = 90;
    private static final int OFFLINE = 70;
    private static final int UNVERIFIED = 50;

    private CsvFeeds() {}

    /** Source: https://urlhaus.abuse.ch/api/#csv. */
    static void urlhaus(InputStream in, Entries entries) throws IOException {
        forEachLine(in, entries, (number, line) -> {
            if (line.startsWith("#")) {
                return;
            }
            List<String> row = fields(line);
            if (row.size() < 8) {
                entries.refuse(number, "has " + row.size() + " of 8 or 9 columns");
                return;
            }
            boolean online = row.get(3).equals("online");
            boolean hasLastOnline = row.size() > 8;
            String last = hasLastOnline ? row.get(4) : "";
            entries.add(new Listing(
                    number,
                    Kind.URL,
                    row.get(2),
                    online ? ONLINE : OFFLINE,
                    row.get(hasLastOnline ? 5 : 4),
                    FeedTime.of(FeedTime.of(last) == null ? row.get(1) : last),
                    null,
                    row.get(hasLastOnline ? 7 : 6),
                    false));
        });
    }

    /** Source: https://phishtank.org/developer_info.php. */
    static void phishtank(InputStream in, Entries entries) throws IOException {
        forEachLine(in, entries, (number, line) -> {
            if (line.startsWith("phish_id,")) {
                return;
            }
            List<String> row = fields(line);
            if (row.size() < 8) {
                entries.refuse(number, "has " + row.size() + " of 8 columns");
                return;
            }
            boolean verified = row.get(4).equals("yes");
            String target = row.get(7);
            entries.add(new Listing(
                    number,
                    Kind.URL,
                    row.get(1),
                    verified ? ONLINE : UNVERIFIED,
                    "phishing" + (target.isEmpty() || target.equals("Other") ? "" : " of " + target),
                    FeedTime.of(FeedTime.of(row.get(5)) == null ? row.get(3) : row.get(5)),
                    null,
                    row.get(2),
                    false));
        });
    }

    static void plain(InputStream in, Entries entries) throws IOException {
        forEachLine(in, entries, (number, line) -> {
            int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
            String value = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!value.isEmpty()) {
                entries.add(new Listing(number, Kind.UNSAID, value, null, null, null, null, null, false));
            }
        });
    }

    private static void forEachLine(InputStream in, Entries entries, LineReader reader) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = bounded(lines); line != null; line = bounded(lines)) {
            number++;
            if (line.length() >= MAX_LINE) {
                entries.refuse(number, "is longer than " + MAX_LINE + " characters");
            } else if (!line.isBlank()) {
                reader.read(number, number == 1 && line.charAt(0) == '\uFEFF' ? line.substring(1) : line);
            }
        }
    }

    /** A line without its end, cut at the greatest length. */
    private static @Nullable String bounded(BufferedReader lines) throws IOException {
        var line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            if (line.length() < MAX_LINE && c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The fields of a line, quoted or not (RFC 4180). */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }

    /** Reads one line. */
    @FunctionalInterface
    private interface LineReader {
        void read(int number, String line);
    }
}
