package io.clicktrail.standalone;

import io.clicktrail.enricher.identity.LeaseRow;
import io.clicktrail.identity.Lease;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whose host an address, an account or a name is, as an operator knows it. */
@Command(
        name = "leases",
        description = "Tells the enricher which hosts addresses, users and names belong to.",
        mixinStandardHelpOptions = true)
final class LeasesCommand {
    private final Terminal terminal;

    LeasesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "load",
            description = {
                "Reads lines kind,key,host,from,until,account, for example from an inventory:",
                "  address,10.0.0.5,ws-1.corp.example,2026-11-22T08:00:00Z,2026-11-22T18:00:00Z",
                "  user,alice@corp.example,ws-1.corp.example,2026-11-22T08:00:00Z,,corp\\alice",
                "  name,C02XK1ABJG5H,mac-1.corp.example,2026-11-22T08:00:00Z",
                "until and account may be empty; without until a line holds for 12 hours. Nothing is loaded of a file with",
                "a mistake."
            },
            mixinStandardHelpOptions = true)
    int load(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of such lines.") List<Path> files,
            @Mixin ClusterOptions cluster)
            throws Exception {
        List<Lease> leases = new ArrayList<>();
        for (Path file : files) {
            int before = leases.size();
            read(file, leases);
            terminal.say(String.format(Locale.ROOT, "%s: %,d leases", file, leases.size() - before));
        }
        try (var writer = new TableWriter<>(cluster.topics().identities(), cluster.clients())) {
            leases.forEach(lease -> writer.put(lease.getKey(), lease));
        }
        return leases.isEmpty() ? Clicktrail.NOT_UNDERSTOOD : Clicktrail.DONE;
    }

    private static void read(Path file, List<Lease> leases) throws UnreadableLogException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            switch (LeaseRow.parse(line)) {
                case LeaseRow.Valid valid -> leases.add(valid.lease());
                case LeaseRow.Invalid invalid ->
                    throw new UnreadableLogException(file + ":" + (i + 1) + ": " + invalid.reason());
            }
        }
    }
}
