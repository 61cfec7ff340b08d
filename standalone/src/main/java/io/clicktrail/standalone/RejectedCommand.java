package io.clicktrail.standalone;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.redrive.SetAside;
import io.clicktrail.standalone.redrive.SetAsideTopic;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What was set aside. */
@Command(
        name = "rejected",
        description = "Lists what was set aside, rejected records or dead letters, and sends it back after a fix.",
        mixinStandardHelpOptions = true)
final class RejectedCommand {
    private final Terminal terminal;

    RejectedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "list",
            description =
                    "Prints each record with its reason, where it came from and how it begins; then counts by reason.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin Which which,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "Most records that are printed; all are counted (default: ${DEFAULT-VALUE}).")
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
            terminal.say("nothing is set aside");
        }
        return Clicktrail.DONE;
    }

    @Command(
            name = "redrive",
            description = {
                "Sends records back to the topic that they came from: key, value and time untouched, with a header that",
                "counts. What was sent back before stays, unless --again says otherwise; with --reason it is not remembered",
                "what was sent."
            },
            mixinStandardHelpOptions = true)
    int redrive(
            @Mixin Which which,
            @Option(names = "--again", description = "Also what was sent back before.") boolean again,
            @Option(
                            names = "--most",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How often one record may be sent back (default: ${DEFAULT-VALUE}).")
                    int most,
            @Mixin ClusterOptions cluster)
            throws Exception {
        var outcome = which.topic(cluster)
                .redrive(cluster.topics().prefix(), which.reason == null ? null : which::wants, again, most);
        terminal.say(String.format(Locale.ROOT, "%,d sent back", outcome.sent()));
        new TreeMap<>(outcome.stayed())
                .forEach((why, count) -> terminal.say(String.format(Locale.ROOT, "%,d stayed: %s", count, why)));
        return Clicktrail.DONE;
    }

    /** Which of the records. */
    static final class Which {
        @Option(
                names = "--dead-letters",
                paramLabel = "SERVICE",
                description = "Dead letters of ${COMPLETION-CANDIDATES} (default: rejected raw records).")
        private @Nullable Service service;

        @Option(names = "--reason", paramLabel = "REASON", description = "Only those with this reason.")
        private @Nullable String reason;

        boolean wants(SetAside each) {
            return reason == null || reason.equalsIgnoreCase(each.reason());
        }

        SetAsideTopic topic(ClusterOptions cluster) throws Exception {
            Topics topics = cluster.topics();
            String name = service == null ? topics.rejected().name() : topics.dlq(service.label());
            return new SetAsideTopic(name, cluster.clients());
        }
    }
}
