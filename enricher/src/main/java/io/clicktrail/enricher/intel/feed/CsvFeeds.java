package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.intel.feed.FeedEntry.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Feeds with one entry a line. A line is cut at {@value #MAX_LINE} characters, so a feed of any size costs little
 * memory.
 */
final class CsvFeeds {

    private static final int MAX_LINE = 65_536;
    private static final int ONLINE = 90;
    private static final int OFFLINE = 70;
    private static final int UNVERIFIED = 50;

    /** RFC 4180, and what feeds write beside it: blanks around fields, quotes that do not end. */
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setTrim(true)
            .setLenientEof(true)
            .setTrailingData(true)
            .get();

    private CsvFeeds() {}

    /** Source: https://urlhaus.abuse.ch/api/#csv. */
    static void urlhaus(InputStream in, FeedEntrySink entries) throws IOException {
        forEachRow(in, "#", 8, entries, (number, row) -> {
            boolean online = row.get(3).equals("online");
            boolean hasLastOnline = row.size() > 8;
            String last = hasLastOnline ? row.get(4) : "";
            entries.add(new FeedEntry(
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
    static void phishtank(InputStream in, FeedEntrySink entries) throws IOException {
        forEachRow(in, "phish_id,", 8, entries, (number, row) -> {
            boolean verified = row.get(4).equals("yes");
            String target = row.get(7);
            entries.add(new FeedEntry(
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

    static void plain(InputStream in, FeedEntrySink entries) throws IOException {
        forEachLine(in, entries, (number, line) -> {
            int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
            String value = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!value.isEmpty()) {
                entries.add(new FeedEntry(number, Kind.UNKNOWN, value, null, null, null, null, null, false));
            }
        });
    }

    /** @param skipped beginning of lines that are no rows */
    private static void forEachRow(
            InputStream in, String skipped, int columns, FeedEntrySink entries, Reader<CSVRecord> reader)
            throws IOException {
        forEachLine(in, entries, (number, line) -> {
            if (line.startsWith(skipped)) {
                return;
            }
            @Nullable CSVRecord row;
            try (CSVParser parser = CSVParser.parse(line, CSV)) {
                Iterator<CSVRecord> rows = parser.iterator();
                row = rows.hasNext() ? rows.next() : null;
            } catch (IOException | UncheckedIOException notCsv) {
                entries.refuse(number, "is no CSV: " + notCsv.getMessage());
                return;
            }
            if (row == null || row.size() < columns) {
                entries.refuse(number, "has " + (row == null ? 0 : row.size()) + " of " + columns + " columns");
            } else {
                reader.read(number, row);
            }
        });
    }

    private static void forEachLine(InputStream in, FeedEntrySink entries, Reader<String> reader) throws IOException {
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

    /** Reads one line or row. */
    @FunctionalInterface
    private interface Reader<T> {
        void read(int number, T content);
    }
}
