package io.clicktrail.standalone;

import io.clicktrail.audit.AuditKind;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.audit.OperatorAudit;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first-seen table of domains. */
@Command(
        name = "domains",
        description = "Loads domains that are already known into the enricher.",
        mixinStandardHelpOptions = true)
final class DomainsCommand {
    private final Terminal terminal;

    DomainsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "seed",
            description = {
                "Loads the domains, host names or URLs of a file, one per line, or the rank,domain lines of a public",
                "ranking, as long known, and ends the learning period: from then on other domains count as newly",
                "observed. The audit topic records it."
            },
            mixinStandardHelpOptions = true)
    int seed(
            @Parameters(paramLabel = "FILE", description = "One domain, host name, URL or rank,domain per line.")
                    Path file,
            @Option(names = "--keep-learning", description = "Do not end the learning period.") boolean keepLearning,
            @Option(
                            names = "--actor",
                            paramLabel = "NAME",
                            defaultValue = "${sys:user.name}",
                            description = "Who seeds them, for the audit topic (default: ${DEFAULT-VALUE}).")
                    String actor,
            @Mixin ClusterOptions cluster)
            throws Exception {
        ReferenceData reference = ReferenceData.ofSeen(file);
        Topics topics = cluster.topics();
        Map<String, Object> clients = cluster.clients();
        reference.write(topics, clients);
        new OperatorAudit(topics, clients, actor)
                .accepted(
                        AuditKind.DOMAINS,
                        topics.domains(),
                        "known domains",
                        reference.tenantKeys().size(),
                        (keepLearning ? "seeded: " : "seeded, learning ended: ") + file);
        if (!keepLearning) {
            ReferenceData.endLearning(topics, clients);
        }
        terminal.say(String.format(
                Locale.ROOT,
                "%,d domains known; learning %s",
                reference.tenantKeys().size(),
                keepLearning ? "continues" : "has ended"));
        return Clicktrail.DONE;
    }
}
