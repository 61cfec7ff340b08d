package io.clicktrail.standalone;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.redrive.DeadLetter;
import io.clicktrail.standalone.redrive.DeadLetterTopic;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rejected records and dead letters. */
@Command(
        name = "rejected",
        description = "Lists rejected records or dead letters, and sends them back after a fix.",
        mixinStandardHelpOptions = true)
final class RejectedCommand {
    private final Terminal terminal;

    RejectedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "list",
            description = "Prints the reason, source and first bytes of each record, then counts by reason.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin Which which,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description =
                                    "Print at most this many records; all are counted (default: ${DEFAULT-VALUE}).")
                    long limit,
            @Mixin ClusterOptions cluster)
            throws Exception {
        var counts = new TreeMap<String, Long>();
        long[] printed = {0};
        which.topic(cluster).readAll(each -> {
            if (which.wants(each)) {
                counts.merge(each.reason(), 1L, Long::sum);
                if (printed[0]++ < limit) {
                    terminal.results().println(each.line());
                }
            }
        });
        counts.forEach((reason, count) -> terminal.say(String.format(Locale.ROOT, "%,d %s", count, reason)));
        if (counts.isEmpty()) {
            terminal.say("there are none");
        }
        return Clicktrail.DONE;
    }

    @Command(
            name = "redrive",
            description = {
                "Sends records back to their original topic with the same key, value and timestamp, and counts this in",
                "a header. Records that were sent back before are skipped, unless --again is given. With --reason the",
                "progress is not saved."
            },
            mixinStandardHelpOptions = true)
    int redrive(
            @Mixin Which which,
            @Option(names = "--again", description = "Include records that were sent back before.") boolean again,
            @Option(
                            names = "--most",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How often one record may be sent back (default: ${DEFAULT-VALUE}).")
                    int max,
            @Mixin ClusterOptions cluster)
            throws Exception {
        var outcome = which.topic(cluster)
                .redrive(cluster.topics().prefix(), which.reason == null ? null : which::wants, again, max);
        terminal.say(String.format(Locale.ROOT, "%,d sent back", outcome.sent()));
        new TreeMap<>(outcome.skipped())
                .forEach((why, count) -> terminal.say(String.format(Locale.ROOT, "%,d skipped: %s", count, why)));
        return Clicktrail.DONE;
    }

    /** Which of the records. */
    static final class Which {
        @Option(
                names = "--dead-letters",
                paramLabel = "SERVICE",
                description = "Dead letters of ${COMPLETION-CANDIDATES} (default: rejected raw records).")
        private @Nullable Service service;

        @Option(names = "--reason", paramLabel = "REASON", description = "Only records with this reason.")
        private @Nullable String reason;

        boolean wants(DeadLetter each) {
            return reason == null || reason.equalsIgnoreCase(each.reason());
        }

        DeadLetterTopic topic(ClusterOptions cluster) throws Exception {
            Topics topics = cluster.topics();
            String name = service == null ? topics.rejected().name() : topics.dlq(service.label());
            return new DeadLetterTopic(name, cluster.clients());
        }
    }
}
