package io.clicktrail.standalone;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.assembly.AssembledEvent;
import io.clicktrail.normalizer.assembly.AssemblyBounds;
import io.clicktrail.normalizer.assembly.FileAssembly;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.mapping.MappingFiles;
import io.clicktrail.normalizer.mapping.MappingFiles.MappingException;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.RecordReader;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.reading.ExplanationText;
import io.clicktrail.standalone.reading.RecordExplanation;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs only the normalizer, on files. */
@Command(
        name = "normalize",
        description = {
            "Runs the normalizer on log files, without Kafka. Prints one JSON event per line (ECS names, with",
            "source.path and source.record, the record's index in its file) to standard output and rejections to",
            "standard error. Use it to write and test parsers and mapping files."
        },
        mixinStandardHelpOptions = true)
final class NormalizeCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Terminal terminal;
    private final EventJson json = EventJson.ofFiles();
    private final NormalizeTally total = new NormalizeTally();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Log files, or folders of log files.")
    private List<Path> paths = List.of();

    @Option(
            names = "--stats",
            description = "Print only counts: by file, events by dataset and kind, rejections by reason.")
    private boolean stats;

    @Option(
            names = "--explain",
            description = {
                "Print for each record which envelopes were opened, which format read it, which fields were taken and",
                "which of its names were left over."
            })
    private boolean explain;

    @Option(names = "--json", description = "With --explain: one line of JSON for each record.")
    private boolean asJson;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "A mapping file for a format of your own (docs/own-formats.md); may be repeated.")
    private List<Path> mappings = List.of();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Time zone of devices that write times without one (default: ${DEFAULT-VALUE}).")
    private ZoneId zone = ZoneId.of("UTC");

    @Option(
            names = "--columns",
            paramLabel = "HEADER",
            description = {
                "The columns of rows that come without the header of their log, in the form of that header:",
                "'#path conn #fields ts uid ..' of Zeek, '#Fields: date time c-ip ..' of Blue Coat."
            })
    private @Nullable String columns;

    @Option(
            names = "--delivered",
            paramLabel = "TIME",
            description = "Time of delivery, for example 2026-03-02T10:00:00Z; gives times without a year their year.")
    private @Nullable Instant delivered;

    NormalizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws UnreadableLogException {
        Normalizer normalizer;
        try {
            normalizer = new Normalizer(
                    InputLimits.DEFAULT,
                    TopicZones.of(zone),
                    new TopicColumns(columns, Map.of()),
                    MappingFiles.read(mappings));
        } catch (MappingException | IllegalArgumentException e) {
            terminal.say("clicktrail: " + e.getMessage());
            return Clicktrail.NOT_UNDERSTOOD;
        }
        var out = new PrintStream(
                new BufferedOutputStream(terminal.results(), BUFFER_BYTES), false, StandardCharsets.UTF_8);
        for (LogFile file : LogFiles.find(paths)) {
            read(file, normalizer, out);
        }
        if (stats) {
            total.print(out);
        }
        out.flush();
        terminal.say(total.line());
        if (delivered == null && total.isUndated()) {
            terminal.say(
                    "Some records have a time without a year, or no time: give the time of delivery with --delivered.");
        }
        return total.normalized() > 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private void read(LogFile file, Normalizer normalizer, PrintStream out) throws UnreadableLogException {
        var tally = new NormalizeTally();
        var bounds = AssemblyBounds.DEFAULT;
        var assembly = new FileAssembly(Normalizer.assembler(InputLimits.DEFAULT, bounds), bounds);
        long deliveredMillis = delivered == null ? RawCoordinates.UNKNOWN_DELIVERY : delivered.toEpochMilli();
        try (RecordReader reader = file.open(Stack.MAX_RECORD_BYTES)) {
            long number = 0;
            for (byte[] record = reader.read(); record != null; record = reader.read()) {
                var at = new RawCoordinates(file.path().toString(), 0, number++, deliveredMillis);
                Outcome outcome = explain ? explained(normalizer, record, at, out) : normalizer.normalize(record, at);
                tally.add(outcome);
                print(outcome, at, out);
                if (outcome instanceof Outcome.Partial partial) {
                    assembly.take(partial, record, at).forEach(settled -> settle(settled, tally, out));
                }
            }
            assembly.finish().forEach(settled -> settle(settled, tally, out));
        } catch (IOException e) {
            throw UnreadableLogException.in(file.path(), e);
        }
        total.add(tally);
        if (stats) {
            out.println(file.path() + ": " + tally.line() + tally.reasons());
        }
    }

    private Outcome explained(Normalizer normalizer, byte[] record, RawCoordinates at, PrintStream out) {
        var explanation = new RecordExplanation();
        Outcome outcome = normalizer.normalize(record, at, explanation);
        out.print(
                asJson
                        ? ExplanationText.json(at.topic(), at.offset(), explanation.documents()) + "\n"
                        : ExplanationText.words(at.topic(), at.offset(), explanation.documents()));
        return outcome;
    }

    private void settle(AssembledEvent settled, NormalizeTally tally, PrintStream out) {
        tally.add(settled);
        if (settled.outcome() instanceof Outcome.Rejected) {
            settled.pieces().forEach(piece -> print(settled.outcome(), piece.at(), out));
        } else {
            print(settled.outcome(), settled.pieces().getFirst().at(), out);
        }
    }

    private void print(Outcome outcome, RawCoordinates at, PrintStream out) {
        if (stats || explain) {
            return;
        }
        switch (outcome) {
            case Outcome.Normalized read -> {
                for (Event event : read.events()) {
                    out.println(json.write(event));
                }
                read.faults().forEach(fault -> say(fault, at));
            }
            case Outcome.Ignored ignored -> {}
            case Outcome.Rejected rejected -> say(rejected, at);
            case Outcome.Partial partial -> {
                if (partial.rest() != null) {
                    print(partial.rest(), at, out);
                }
            }
        }
    }

    private void say(Outcome.Rejected fault, RawCoordinates at) {
        terminal.say(String.format(
                Locale.ROOT,
                "%s, record %d, byte %d: %s (%s)",
                at.topic(),
                at.offset(),
                fault.position(),
                fault.reason(),
                fault.format()));
    }
}
