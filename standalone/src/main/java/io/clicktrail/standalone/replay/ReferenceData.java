package io.clicktrail.standalone.replay;

import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.engine.Engine;
import io.clicktrail.enricher.domain.DomainPolicy;
import io.clicktrail.enricher.domain.DomainRanking;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.kafka.RecordFirstSeen;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.Topics;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.schemas.tuning.TuningResult;
import io.clicktrail.standalone.assets.AssetFile;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the compacted topics that are read from files: a tuning document, known domains, indicators and
 * leases.
 *
 * @param tuning null for the built-in one
 * @param tenantKeys domains that are not newly observed
 * @param programs those of them that have handed out programs to the organisation before
 * @param indicators of feeds
 * @param leases the hosts of addresses, users and names
 * @param organisation hosts, people, exercises and playbooks that the organisation knows
 * @param histories what sources outside know of domains' past
 */
public record ReferenceData(
        @Nullable Tuning tuning,
        Set<String> tenantKeys,
        Set<String> programs,
        List<Indicator> indicators,
        List<Lease> leases,
        List<OrganisationEntry> organisation,
        List<DomainHistory> histories) {
    private static final String SEED = "seed";

    /** Before any log. */
    private static final Instant ALWAYS = Instant.EPOCH;

    static {
        AvroSetup.install();
    }

    public ReferenceData {
        tenantKeys = Set.copyOf(tenantKeys);
        programs = Set.copyOf(programs);
        indicators = List.copyOf(indicators);
        leases = List.copyOf(leases);
        organisation = List.copyOf(organisation);
        histories = List.copyOf(histories);
    }

    /**
     * Reads the operator's files.
     *
     * @param tuningFile YAML or JSON with MITRE's names of the mutable elements, or null
     * @param seenFile one domain, host name or URL per line, {@code rank,domain} of a ranking, or null; {@code #}
     *     begins a comment; the URL of a program says that the domain has handed out programs
     * @param intelFiles feeds in any supported form
     * @param leaseFiles see {@link LeaseFile}
     * @throws UnreadableLogException if a file can't be read or holds a mistake; the message names the line
     */
    public static ReferenceData read(
            @Nullable Path tuningFile, @Nullable Path seenFile, List<Path> intelFiles, List<Path> leaseFiles)
            throws UnreadableLogException {
        return read(Catalogues.bundled(), tuningFile, seenFile, intelFiles, leaseFiles);
    }

    /** The same with given lists, which take a third of a second to compile. */
    public static ReferenceData read(
            Catalogues catalogues,
            @Nullable Path tuningFile,
            @Nullable Path seenFile,
            List<Path> intelFiles,
            List<Path> leaseFiles)
            throws UnreadableLogException {
        var indicators = new ArrayList<Indicator>();
        for (Path file : intelFiles) {
            new IntelFile(file, null, null, null).read(catalogues, Instant.now(), ALWAYS, IntelFile.into(indicators));
        }
        var leases = new ArrayList<Lease>();
        for (Path file : leaseFiles) {
            leases.addAll(new LeaseFile(file).read());
        }
        Seen seen = seenFile == null ? Seen.NOTHING : seen(seenFile, lines(seenFile), catalogues);
        return new ReferenceData(
                tuningFile == null ? null : tuning(tuningFile, catalogues, false),
                seen.tenantKeys(),
                seen.programs(),
                indicators,
                leases,
                List.of(),
                List.of());
    }

    /** The same with what files say of the organisation. */
    public ReferenceData withAssets(List<Path> files) throws UnreadableLogException {
        var entries = new ArrayList<OrganisationEntry>(organisation);
        var refused = new ArrayList<String>();
        for (Path file : files) {
            new AssetFile(file, null, null).read(new AssetFile.Sink() {
                @Override
                public void take(OrganisationEntry entry) {
                    entries.add(entry);
                }

                @Override
                public void withdraw(OrganisationEntry entry) {}

                @Override
                public void refuse(int row, String reason) {
                    refused.add(file + ": row " + row + ": " + reason);
                }
            });
        }
        if (!refused.isEmpty()) {
            throw new UnreadableLogException(refused.getFirst());
        }
        return new ReferenceData(tuning, tenantKeys, programs, indicators, leases, entries, histories);
    }

    /**
     * The same with files of domains' histories. Rankings that give no date count as of no date.
     *
     * @param files in any format of {@link io.clicktrail.enricher.history.feed.HistoryFormat}
     */
    public ReferenceData withHistories(Catalogues catalogues, List<Path> files) throws UnreadableLogException {
        var entries = new ArrayList<DomainHistory>(histories);
        for (Path file : files) {
            new HistoryFile(file, null, null).read(catalogues, null, HistoryFile.into(entries));
        }
        return new ReferenceData(tuning, tenantKeys, programs, indicators, leases, organisation, entries);
    }

    /** Only a tuning document. */
    public static ReferenceData ofTuning(Path file) throws UnreadableLogException {
        return read(file, null, List.of(), List.of());
    }

    /** Only a tuning document, also one that silences its platform. */
    public static ReferenceData ofForcedTuning(Path file) throws UnreadableLogException {
        return new ReferenceData(
                tuning(file, Catalogues.bundled(), true),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Only known domains. */
    public static ReferenceData ofSeen(Path file) throws UnreadableLogException {
        return read(null, file, List.of(), List.of());
    }

    /** Only leases. */
    public static ReferenceData ofLeases(List<Path> files) throws UnreadableLogException {
        return read(null, null, List.of(), files);
    }

    /** Only known domains, given as the lines of a file. */
    public static ReferenceData of(String name, List<String> seen) throws UnreadableLogException {
        return of(Catalogues.bundled(), name, seen);
    }

    /** The same with given lists. */
    public static ReferenceData of(Catalogues catalogues, String name, List<String> seen)
            throws UnreadableLogException {
        Seen read = seen(Path.of(name), seen, catalogues);
        return new ReferenceData(null, read.tenantKeys(), read.programs(), List.of(), List.of(), List.of(), List.of());
    }

    /** Writes everything; call it before the services start, so that it is in force for the first record. */
    public void write(Stack stack) {
        write(stack.topics(), Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()));
    }

    /** Gives everything to an engine, before its first record. */
    public void load(Engine engine) {
        if (tuning != null) {
            engine.tune(tuning);
        }
        tenantKeys.forEach(engine::knows);
        programs.forEach(engine::knowsAsSourceOfPrograms);
        indicators.forEach(engine::indicate);
        leases.forEach(engine::lease);
        organisation.forEach(engine::knows);
        histories.forEach(engine::knows);
    }

    /**
     * Writes everything to its topics.
     *
     * @param clients how to reach the brokers
     */
    public void write(Topics topics, Map<String, Object> clients) {
        if (tuning != null) {
            try (var writer = new TableWriter<>(topics.tuning(), clients)) {
                writer.put(tuning.getPlatform().name(), tuning);
            }
        }
        if (!tenantKeys.isEmpty()) {
            try (var writer = new TableWriter<>(topics.domains(), clients)) {
                for (String key : tenantKeys) {
                    writer.put(key, new FirstSeen(key, ALWAYS, SEED, programs.contains(key) ? ALWAYS : null));
                }
            }
        }
        if (!indicators.isEmpty()) {
            try (var writer = new TableWriter<>(topics.intel(), clients)) {
                for (Indicator indicator : indicators) {
                    writer.put(IntelTable.key(indicator), indicator);
                }
            }
        }
        if (!organisation.isEmpty()) {
            try (var writer = new TableWriter<>(topics.organisation(), clients)) {
                organisation.forEach(entry -> writer.put(OrganisationTable.key(entry), entry));
            }
        }
        if (!histories.isEmpty()) {
            try (var writer = new TableWriter<>(topics.domainsHistory(), clients)) {
                histories.forEach(entry -> writer.put(DomainHistoryTable.key(entry), entry));
            }
        }
        if (!leases.isEmpty()) {
            try (var writer = new TableWriter<>(topics.identities(), clients)) {
                leases.forEach(lease -> writer.put(lease.getKey(), lease, lease.getFrom()));
            }
        }
    }

    /** Ends the learning period of every partition, since the known domains are loaded. */
    public static void endLearning(Topics topics, Map<String, Object> clients) {
        try (var writer = new TableWriter<>(topics.domains(), clients)) {
            writer.putEverywhere(
                    RecordFirstSeen.LEARNING_OVER, new FirstSeen(RecordFirstSeen.LEARNING_OVER, ALWAYS, SEED, null));
        }
    }

    private static Tuning tuning(Path file, Catalogues catalogues, boolean forced) throws UnreadableLogException {
        return switch (TuningFile.parse(file.toString(), String.join("\n", lines(file)), catalogues.rules(), forced)) {
            case TuningResult.Valid valid -> valid.document();
            case TuningResult.Invalid invalid -> throw new UnreadableLogException("the tuning is refused: " + invalid);
        };
    }

    private record Seen(Set<String> tenantKeys, Set<String> programs) {
        private static final Seen NOTHING = new Seen(Set.of(), Set.of());
    }

    private static Seen seen(Path file, List<String> lines, Catalogues catalogues) throws UnreadableLogException {
        var scorer = new DomainScorer(catalogues.domains(), new UrlParser(catalogues.extensions()));
        DomainPolicy policy = DomainPolicy.of(BuiltInTuning.of(Platform.WINDOWS), catalogues.domains());
        var keys = new TreeSet<String>();
        var programs = new TreeSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            @Nullable
            String name =
                    DomainRanking.domainOf((line.contains("#") ? line.substring(0, line.indexOf('#')) : line).strip());
            if (name == null || name.isEmpty()) {
                continue;
            }
            DomainRisk risk = name.contains("/")
                    ? scorer.url(name.contains("://") ? name : "https://" + name, ALWAYS, policy)
                    : scorer.host(name, ALWAYS, policy);
            if (risk == null) {
                throw new UnreadableLogException(
                        file + ":" + (i + 1) + ": '" + name + "' is neither a domain nor a URL");
            }
            keys.add(risk.getTenantKey());
            String extension = name.contains("/") ? FileNames.extensionOfUrl(name) : null;
            if (extension != null && catalogues.extensions().isProgram(extension)) {
                programs.add(risk.getTenantKey());
            }
        }
        return new Seen(keys, programs);
    }

    private static List<String> lines(Path file) throws UnreadableLogException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
    }
}
