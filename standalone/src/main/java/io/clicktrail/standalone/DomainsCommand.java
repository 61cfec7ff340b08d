package io.clicktrail.standalone;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.Tables;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table of first sights. */
@Command(
        name = "domains",
        description = "Tells the enricher which domains are no news.",
        mixinStandardHelpOptions = true)
final class DomainsCommand {
    private final Terminal terminal;

    DomainsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "seed",
            description = {
                "Puts the domains, host names or URLs of a file, one a line, down as known for long, and ends the",
                "learning period: from then on other domains count as newly observed."
            },
            mixinStandardHelpOptions = true)
    int seed(
            @Parameters(paramLabel = "FILE", description = "One domain, host name or URL a line.") Path file,
            @Option(names = "--keep-learning", description = "Let the learning period run on.") boolean keepLearning,
            @Mixin ClusterOptions cluster)
            throws Exception {
        Tables tables = Tables.ofSeen(file);
        Topics topics = cluster.topics();
        Map<String, Object> clients = cluster.clients();
        tables.write(topics, clients);
        if (!keepLearning) {
            Tables.endLearning(topics, clients);
        }
        terminal.say(String.format(
                Locale.ROOT,
                "%,d domains known; learning %s",
                tables.tenantKeys().size(),
                keepLearning ? "goes on" : "is over"));
        return Clicktrail.DONE;
    }
}
