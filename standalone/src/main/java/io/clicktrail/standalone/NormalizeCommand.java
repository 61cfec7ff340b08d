package io.clicktrail.standalone;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.Normalizer;
import io.clicktrail.normalizer.assembly.Bounds;
import io.clicktrail.normalizer.assembly.FileAssembly;
import io.clicktrail.normalizer.assembly.HeldPiece;
import io.clicktrail.normalizer.assembly.Settled;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.RecordReader;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The normalizer alone, over files. */
@Command(
        name = "normalize",
        description = {
            "Reads log files as the normalizer does, without Kafka: prints one JSON event a line (ECS names) to standard",
            "output and what was rejected to standard error. For writing and testing parsers."
        },
        mixinStandardHelpOptions = true)
final class NormalizeCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Terminal terminal;
    private final EventJson json = new EventJson();
    private final FileAssembly assembly =
            new FileAssembly(Normalizer.assembler(Limits.DEFAULT, ZoneOffset.UTC, Bounds.DEFAULT), Bounds.DEFAULT);
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private long received;
    private long normalized;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Log files, or folders of log files.")
    private List<Path> paths = List.of();

    @Option(names = "--stats", description = "Print counts only: events by dataset and kind, rejections by reason.")
    private boolean stats;

    NormalizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws UnreadableLogException {
        var normalizer = new Normalizer(Limits.DEFAULT, ZoneOffset.UTC);
        var out = new PrintStream(
                new BufferedOutputStream(terminal.results(), BUFFER_BYTES), false, StandardCharsets.UTF_8);
        for (LogFile file : LogFiles.find(paths)) {
            read(file, normalizer, out);
        }
        if (stats) {
            counts(out, "events", events);
            counts(out, "ignored", ignored);
            counts(out, "rejected", rejected);
        }
        out.flush();
        long ignoredRecords =
                ignored.values().stream().mapToLong(Long::longValue).sum();
        terminal.say(String.format(
                Locale.ROOT,
                "%,d received = %,d normalized + %,d ignored + %,d rejected",
                received,
                normalized,
                ignoredRecords,
                received - normalized - ignoredRecords));
        return normalized > 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private void read(LogFile file, Normalizer normalizer, PrintStream out) throws UnreadableLogException {
        try (RecordReader reader = file.open(Stack.MAX_RECORD_BYTES)) {
            long number = 0;
            for (byte[] record = reader.read(); record != null; record = reader.read()) {
                var at = new RawCoordinates(file.path().toString(), 0, number++, RawCoordinates.UNKNOWN_DELIVERY);
                received++;
                take(normalizer.normalize(record, at), record, at, out);
            }
            assembly.finish().forEach(settled -> settle(settled, out));
        } catch (IOException e) {
            throw UnreadableLogException.in(file.path(), e);
        }
    }

    private void take(Outcome outcome, byte[] record, RawCoordinates at, PrintStream out) {
        switch (outcome) {
            case Outcome.Partial partial -> {
                if (partial.rest() != null) {
                    take(partial.rest(), record, at, out);
                }
                assembly.take(partial, record, at).forEach(settled -> settle(settled, out));
            }
            case Outcome.Normalized read -> {
                normalized++;
                print(read, out);
                read.faults().forEach(fault -> reject(fault, at));
            }
            case Outcome.Ignored read -> ignored.merge(read.dataset() + ": " + read.reason(), 1L, Long::sum);
            case Outcome.Rejected read -> reject(read, at);
        }
    }

    /** Counts a record with the first of its pieces, as the event of that piece. */
    private void settle(Settled settled, PrintStream out) {
        for (HeldPiece piece : settled.pieces()) {
            switch (settled.outcome()) {
                case Outcome.Normalized read -> normalized += piece.isCounted() ? 1 : 0;
                case Outcome.Ignored read ->
                    ignored.merge(read.dataset() + ": " + read.reason(), piece.isCounted() ? 1L : 0L, Long::sum);
                case Outcome.Rejected read -> reject(read, piece.at());
                case Outcome.Partial read -> {}
            }
        }
        if (settled.outcome() instanceof Outcome.Normalized read) {
            print(read, out);
        }
    }

    private void print(Outcome.Normalized read, PrintStream out) {
                for (Event event : read.events()) {
                    events.merge(event.getSource().getDataset() + " " + event.getKind(), 1L, Long::sum);
                    if (!stats) {
                        out.println(json.write(event));
                    }
                }
    }

    private void reject(Outcome.Rejected fault, RawCoordinates at) {
        rejected.merge(fault.reason() + " (" + fault.format() + ")", 1L, Long::sum);
        if (!stats) {
            terminal.say(at.topic() + ", record " + (at.offset() + 1) + ", byte " + fault.position() + ": "
                    + fault.reason() + " (" + fault.format() + ")");
        }
    }

    private static void counts(PrintStream out, String what, Map<String, Long> counts) {
        counts.forEach((which, count) -> out.println(String.format(Locale.ROOT, "%,12d  %-9s %s", count, what, which)));
    }
}
