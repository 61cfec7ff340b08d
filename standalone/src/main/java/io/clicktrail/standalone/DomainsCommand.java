package io.clicktrail.standalone;

import io.clicktrail.audit.AuditKind;
import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.history.feed.HistoryFormat;
import io.clicktrail.enricher.history.feed.HistorySink;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.audit.OperatorAudit;
import io.clicktrail.standalone.replay.HistoryFile;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tables of domains: first sights, and histories from outside. */
@Command(
        name = "domains",
        description = "Loads domains that are already known, and what others know of them.",
        mixinStandardHelpOptions = true)
final class DomainsCommand {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

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

    @Command(
            name = "history",
            description = {
                "Loads what others know of domains: RDAP answers and WHOIS in CSV (age), passive DNS in the common",
                "output format, certificates of crt.sh and certstream, and rankings as of Tranco, Umbrella and",
                "Majestic; plain or compressed. They are in force within seconds, for events that come after that.",
                "The audit topic records it."
            },
            mixinStandardHelpOptions = true)
    int history(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of any of these formats.")
                    List<Path> files,
            @Option(
                            names = "--format",
                            description = "Format of the files: ${COMPLETION-CANDIDATES} (default: detected).")
                    @Nullable
                    HistoryFormat format,
            @Option(names = "--source", paramLabel = "NAME", description = "Name of the source (default: by format).")
                    @Nullable
                    String source,
            @Option(
                            names = "--listed",
                            paramLabel = "TIME",
                            description = "When the source said so, such as 2026-11-30T00:00:00Z (default: now).")
                    @Nullable
                    Instant listed,
            @Option(
                            names = "--actor",
                            paramLabel = "NAME",
                            defaultValue = "${sys:user.name}",
                            description = "Who loads them, for the audit topic (default: ${DEFAULT-VALUE}).")
                    String actor,
            @Mixin ClusterOptions cluster)
            throws Exception {
        if (source != null && (source.isBlank() || source.chars().anyMatch(Character::isWhitespace))) {
            throw new ParameterException(spec.commandLine(), "--source must not contain blanks: '" + source + "'");
        }
        var catalogues = Catalogues.bundled();
        Instant time = listed == null ? Instant.now() : listed;
        var known = new HashMap<String, DomainHistory>();
        TopicReader.readAll(cluster.clients(), cluster.topics().domainsHistory(), entry -> {
            if (entry.value() == null) {
                known.remove(entry.key());
            } else if (entry.value().getKind() != HistoryKind.RANKING) {
                known.put(entry.key(), entry.value());
            }
        });
        long total = 0;
        try (var writer = new TableWriter<>(cluster.topics().domainsHistory(), cluster.clients())) {
            for (Path file : files) {
                var rows = new LoadedRows<>(writer, terminal, "entry");
                new HistoryFile(file, format, source).read(catalogues, time, sink(rows, known));
                total += rows.report(file, "withdrawn");
            }
        }
        if (total > 0) {
            new OperatorAudit(cluster.topics(), cluster.clients(), actor)
                    .accepted(
                            AuditKind.DOMAINS,
                            cluster.topics().domainsHistory(),
                            "histories of domains",
                            total,
                            "loaded: " + files);
        }
        return total > 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private static HistorySink sink(LoadedRows<DomainHistory> rows, Map<String, DomainHistory> known) {
        return new HistorySink() {
            @Override
            public void take(DomainHistory entry) {
                String key = DomainHistoryTable.key(entry);
                DomainHistory merged = DomainHistoryTable.merged(known.get(key), entry);
                if (entry.getKind() != HistoryKind.RANKING) {
                    known.put(key, merged);
                }
                rows.take(key, merged);
            }

            @Override
            public void refuse(int number, String reason) {
                rows.refuse(number, reason);
            }
        };
    }
}
