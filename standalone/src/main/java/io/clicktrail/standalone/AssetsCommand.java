package io.clicktrail.standalone;

import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.standalone.assets.AssetFile;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads what the organisation knows. */
@Command(
        name = "assets",
        description = "Loads hosts, people, exercises and playbooks that the organisation knows.",
        mixinStandardHelpOptions = true)
final class AssetsCommand {
    private final Terminal terminal;

    AssetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "load",
            description = {
                "Reads CSV with a header line and JSON, plain or compressed, with columns as ServiceNow's tables and",
                "Active Directory have them. An entry is in force within seconds, for cases that are written after",
                "that; it replaces the one of the same kind and first name. Retired hosts are withdrawn."
            },
            mixinStandardHelpOptions = true)
    int load(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of entries.") List<Path> files,
            @Option(
                            names = "--kind",
                            description =
                                    "What the rows are about: ${COMPLETION-CANDIDATES} (default: by the columns).")
                    @Nullable
                    EntryKind kind,
            @Option(names = "--source", paramLabel = "NAME", description = "Who says so (default: by the columns).")
                    @Nullable
                    String source,
            @Mixin ClusterOptions cluster)
            throws Exception {
        long total = 0;
        try (var writer = new TableWriter<>(cluster.topics().organisation(), cluster.clients())) {
            for (Path file : files) {
                var rows = new LoadedRows<>(writer, terminal, "row");
                new AssetFile(file, kind, source).read(sink(rows));
                total += rows.report(file, "withdrawn");
            }
        }
        return total > 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    @Command(
            name = "remove",
            description = "Withdraws entries by kind and first name, for example an exercise that ended early.",
            mixinStandardHelpOptions = true)
    int remove(
            @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}") EntryKind kind,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Their first names.")
                    List<String> names,
            @Mixin ClusterOptions cluster)
            throws Exception {
        try (var writer = new TableWriter<>(cluster.topics().organisation(), cluster.clients())) {
            names.forEach(name ->
                    writer.put(kind + " " + (kind == EntryKind.PLAYBOOK ? name : name.toLowerCase(Locale.ROOT)), null));
        }
        return Clicktrail.DONE;
    }

    private static AssetFile.Sink sink(LoadedRows<OrganisationEntry> rows) {
        return new AssetFile.Sink() {
            @Override
            public void take(OrganisationEntry entry) {
                rows.take(OrganisationTable.key(entry), entry);
            }

            @Override
            public void withdraw(OrganisationEntry entry) {
                rows.withdraw(OrganisationTable.key(entry));
            }

            @Override
            public void refuse(int row, String reason) {
                rows.refuse(row, reason);
            }
        };
    }
}
