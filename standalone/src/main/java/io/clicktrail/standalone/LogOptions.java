package io.clicktrail.standalone;

import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.terminal.Progress;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options of the commands that judge log files in this process: tuning, tables and lists; and how the files are played.
 */
final class LogOptions {

    @Mixin
    private ReferenceOptions reference = new ReferenceOptions();

    @Option(
            names = "--lists",
            paramLabel = "DIR",
            description = "Folder of lists that replace those of the release, each by its name.")
    private @Nullable Path lists;

    EngineSettings settings() throws UnreadableLogException {
        return new EngineSettings(reference.settings(), catalogues());
    }

    /** The tables without tuning. */
    ReferenceData tables(Catalogues catalogues) throws UnreadableLogException {
        return reference.read(catalogues, null);
    }

    /** The files of the tables and lists. */
    String inShort() throws UnreadableLogException {
        var text = new StringBuilder(reference.inShort());
        if (lists != null) {
            try (Stream<Path> files = Files.list(lists)) {
                for (Path file : files.sorted().toList()) {
                    text.append('|').append(inShort(file));
                }
            } catch (IOException e) {
                throw UnreadableLogException.in(lists, e);
            }
        }
        return text.toString();
    }

    /** Name, size and time of change of a file. */
    static String inShort(Path file) throws UnreadableLogException {
        try {
            return file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
    }

    /** Plays log files to engines, each record to each before the next one. */
    static void play(List<Path> logs, List<Engine> engines, Terminal terminal, String what)
            throws UnreadableLogException {
        List<LogFile> files = LogFiles.find(logs);
        long total = files.stream().mapToLong(LogFile::bytes).sum();
        try (var merged = new MergedDeliveries(files, Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0);
                Progress progress = terminal.progress(what, total, Progress.Unit.MEGABYTES)) {
            for (LogDelivery next = merged.next(); next != null; next = merged.next()) {
                for (Engine engine : engines) {
                    engine.deliver(next.value(), next.at());
                }
                progress.at(merged.position());
            }
        }
    }

    private Catalogues catalogues() throws UnreadableLogException {
        if (lists == null) {
            return Catalogues.bundled();
        }
        try {
            return EngineSettings.lists(lists);
        } catch (IOException e) {
            throw UnreadableLogException.in(lists, e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableLogException("the lists are refused: " + e.getMessage());
        }
    }
}
