package io.clicktrail.benchmarks.windows;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.RecordReader;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.reading.NamedValue;
import io.clicktrail.standalone.reading.NamedValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Compares each field of events with the raw XML, which is taken apart here by patterns alone, by the table {@code
 * facts.tsv}. A recording in binary form is exported first, for example by {@code evtxexport -f xml}.
 */
@Command(
        name = "windows",
        description = {
            "Compares events of Windows with their raw XML, field by field, and prints what differs. Exit code 1 if",
            "a field differs or an event is rejected."
        },
        mixinStandardHelpOptions = true)
public final class WindowsFacts implements Callable<Integer> {
    private static final String TABLE = "facts.tsv";
    private static final int RECORD_BYTES = 1 << 20;
    private static final int MAX_PRINTED = 50;
    private static final Pattern CHANNEL = Pattern.compile("<Channel>([^<]*)</Channel>");
    private static final Pattern ID = Pattern.compile("<EventID[^>]*>(\\d+)<");
    private static final Pattern COMPUTER = Pattern.compile("<Computer>([^<]*)</Computer>");
    private static final Pattern DATA = Pattern.compile("<Data Name=['\"]([^'\"]*)['\"]\\s*>([^<]*)</Data>");

    /** What Windows writes where it knows no value. */
    private static final Set<String> NOTHING = Set.of("-", "0", "<unknown process>");

    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files of XML events, or folders of such.")
    private List<Path> paths = List.of();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of events that are compared (default: ${DEFAULT-VALUE}).")
    private int events = 1000;

    private final PrintStream out = System.out;
    private final Normalizer normalizer = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);
    private final EventJson json = EventJson.ofFiles();
    private final List<Fact> facts = facts();
    private int compared;
    private int fields;
    private int different;
    private int rejected;

    /** A datum of an event, and the field that must show it. */
    private record Fact(String channel, String id, String datum, String field) {}

    @Override
    public Integer call() throws UnreadableLogException, IOException {
        for (LogFile file : LogFiles.find(paths)) {
            try (RecordReader reader = file.open(RECORD_BYTES)) {
                long number = 0;
                for (byte[] record = reader.read(); record != null && compared < events; record = reader.read()) {
                    compare(record, new RawCoordinates(file.path().toString(), 0, number++, -1));
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%d events compared, %d fields, %d different, %d events rejected%n",
                compared,
                fields,
                different,
                rejected);
        return different == 0 && rejected == 0 ? Clicktrail.DONE : 1;
    }

    private void compare(byte[] record, RawCoordinates at) {
        String text = new String(record, StandardCharsets.UTF_8);
        String channel = first(CHANNEL, text);
        String id = first(ID, text);
        if (channel == null || id == null) {
            return;
        }
        Outcome outcome = normalizer.normalize(record, at);
        if (outcome instanceof Outcome.Rejected refused) {
            rejected++;
            say(at, channel + " " + id + " is rejected: " + refused.reason());
        }
        List<Fact> wanted = facts.stream()
                .filter(fact -> channel.endsWith(fact.channel) && id.equals(fact.id))
                .toList();
        if (outcome instanceof Outcome.Normalized read && !wanted.isEmpty()) {
            compared++;
            compare(text, read.events().getFirst(), wanted, at);
        }
    }

    private void compare(String text, Event event, List<Fact> wanted, RawCoordinates at) {
        Map<String, String> values = new HashMap<>();
        for (NamedValue each : NamedValues.json(json.write(event))) {
            values.putIfAbsent(each.name(), each.value());
        }
        String stream = values.get("file.fork_name");
        if (stream != null) {
            values.computeIfPresent("file.path", (name, path) -> path + ":" + stream);
        }
        Map<String, String> data = new HashMap<>();
        Matcher matcher = DATA.matcher(text);
        while (matcher.find()) {
            data.put(Objects.requireNonNull(matcher.group(1)), plain(Objects.requireNonNull(matcher.group(2))));
        }
        check("Computer", first(COMPUTER, text), values.get("host.name"), at);
        for (Fact fact : wanted) {
            check(fact.datum, data.get(fact.datum), values.get(fact.field), at);
        }
    }

    private void check(String name, @Nullable String raw, @Nullable String read, RawCoordinates at) {
        if (raw == null || raw.isBlank() || NOTHING.contains(raw) || isEmptyGuid(raw)) {
            return;
        }
        fields++;
        if (!comparable(raw).equals(comparable(read == null ? "" : read))) {
            different++;
            say(at, name + " is '" + raw + "' and was read as '" + read + "'");
        }
    }

    private void say(RawCoordinates at, String what) {
        if (different + rejected <= MAX_PRINTED) {
            out.println(at.topic() + ", record " + at.offset() + ": " + what);
        }
    }

    private static boolean isEmptyGuid(String text) {
        return text.replaceAll("[{}0-]", "").isEmpty();
    }

    /** Numbers in decimal, GUIDs without braces, names in lower case. */
    private static String comparable(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (HEXADECIMAL.matcher(plain).matches()) {
            return Long.toUnsignedString(Long.parseUnsignedLong(plain.substring(2), 16));
        }
        return plain.startsWith("{") && plain.endsWith("}") ? plain.substring(1, plain.length() - 1) : plain;
    }

    private static String plain(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static List<Fact> facts() {
        InputStream table = Objects.requireNonNull(WindowsFacts.class.getResourceAsStream(TABLE), TABLE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Fact(cells[0], cells[1], cells[2], cells[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
