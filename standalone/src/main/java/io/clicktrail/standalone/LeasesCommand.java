package io.clicktrail.standalone;

import io.clicktrail.audit.AuditKind;
import io.clicktrail.standalone.audit.OperatorAudit;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads leases: the hosts of addresses, users and names. */
@Command(
        name = "leases",
        description = "Loads leases into the enricher: the hosts of addresses, users and names.",
        mixinStandardHelpOptions = true)
final class LeasesCommand {
    private static final String WHAT = "leases";

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
                "until and account may be empty; without until a lease is valid for 12 hours. If one line is invalid,",
                "nothing is loaded. The audit topic records it in either case."
            },
            mixinStandardHelpOptions = true)
    int load(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with such lines.") List<Path> files,
            @Option(
                            names = "--actor",
                            paramLabel = "NAME",
                            defaultValue = "${sys:user.name}",
                            description = "Who loads them, for the audit topic (default: ${DEFAULT-VALUE}).")
                    String actor,
            @Mixin ClusterOptions cluster)
            throws Exception {
        var topics = cluster.topics();
        var audit = new OperatorAudit(topics, cluster.clients(), actor);
        ReferenceData reference;
        try {
            reference = ReferenceData.ofLeases(files);
        } catch (UnreadableLogException e) {
            try {
                audit.refused(AuditKind.LEASES, topics.identities(), WHAT, String.valueOf(e.getMessage()));
            } catch (KafkaException unreachable) {
                e.addSuppressed(unreachable);
            }
            throw e;
        }
        reference.write(topics, cluster.clients());
        if (!reference.leases().isEmpty()) {
            audit.accepted(
                    AuditKind.LEASES,
                    topics.identities(),
                    WHAT,
                    reference.leases().size(),
                    "loaded: " + files);
        }
        terminal.say(String.format(
                Locale.ROOT, "%,d leases known", reference.leases().size()));
        return reference.leases().isEmpty() ? Clicktrail.NOT_UNDERSTOOD : Clicktrail.DONE;
    }
}
