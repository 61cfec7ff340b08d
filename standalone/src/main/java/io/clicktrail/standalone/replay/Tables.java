package io.clicktrail.standalone.replay;

import io.clicktrail.domains.FirstSeen;
import io.clicktrail.enricher.domain.DomainPolicy;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.kafka.RecordFirstSeen;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.Topics;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.schemas.tuning.TuningResult;
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
 * What the operator knows before the first log comes: a tuning document, the domains that are no news, indicators and
 * leases.
 *
 * @param tuning null where the built-in one holds
 * @param tenantKeys domains that count as known
 * @param indicators what feeds list
 * @param leases whose host an address, an account or a name is
 */
public record Tables(@Nullable Tuning tuning, Set<String> tenantKeys, List<Indicator> indicators, List<Lease> leases) {
    private static final String SEED = "seed";

    /** Long before any log: known for as long as anyone can tell. */
    private static final Instant ALWAYS = Instant.EPOCH;

    static {
        AvroSetup.install();
    }

    public Tables {
        tenantKeys = Set.copyOf(tenantKeys);
        indicators = List.copyOf(indicators);
        leases = List.copyOf(leases);
    }

    /**
     * Reads the operator's files.
     *
     * @param tuningFile YAML or JSON with MITRE's names of the mutable elements, or null
     * @param seenFile one domain, host name or URL a line; blank lines and what follows a {@code #} do not count; or
     *     null
     * @param intelFiles feeds in any form that is read
     * @param leaseFiles see {@link LeaseFile}
     * @throws UnreadableLogException if a file can't be read or holds a mistake; the message names the line
     */
    public static Tables read(
            @Nullable Path tuningFile, @Nullable Path seenFile, List<Path> intelFiles, List<Path> leaseFiles)
            throws UnreadableLogException {
        var catalogues = Catalogues.bundled();
        var indicators = new ArrayList<Indicator>();
        for (Path file : intelFiles) {
            new IntelFile(file, null, null, null).read(catalogues, Instant.now(), ALWAYS, IntelFile.into(indicators));
        }
        var leases = new ArrayList<Lease>();
        for (Path file : leaseFiles) {
            leases.addAll(new LeaseFile(file).read());
        }
        return new Tables(
                tuningFile == null ? null : tuning(tuningFile, catalogues),
                seenFile == null ? Set.of() : tenantKeys(seenFile, lines(seenFile), catalogues),
                indicators,
                leases);
    }

    /** Tables with a tuning document alone. */
    public static Tables ofTuning(Path file) throws UnreadableLogException {
        return read(file, null, List.of(), List.of());
    }

    /** Tables with domains that count as known alone. */
    public static Tables ofSeen(Path file) throws UnreadableLogException {
        return read(null, file, List.of(), List.of());
    }

    /** Tables with leases alone. */
    public static Tables ofLeases(List<Path> files) throws UnreadableLogException {
        return read(null, null, List.of(), files);
    }

    /** Tables with domains that count as known, one a line as in a file. */
    public static Tables of(String name, List<String> seen) throws UnreadableLogException {
        return new Tables(null, tenantKeys(Path.of(name), seen, Catalogues.bundled()), List.of(), List.of());
    }

    /** Writes the tables; to be done before the services start, so that they hold for the first record. */
    public void write(Stack stack) {
        write(stack.topics(), Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()));
    }

    /**
     * Writes the tables.
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
                    writer.put(key, new FirstSeen(key, ALWAYS, SEED));
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
        if (!leases.isEmpty()) {
            try (var writer = new TableWriter<>(topics.identities(), clients)) {
                leases.forEach(lease -> writer.put(lease.getKey(), lease, lease.getFrom()));
            }
        }
    }

    /** Ends the learning of every partition, as its history has been seeded. */
    public static void endLearning(Topics topics, Map<String, Object> clients) {
        try (var writer = new TableWriter<>(topics.domains(), clients)) {
            writer.putEverywhere(
                    RecordFirstSeen.LEARNING_OVER, new FirstSeen(RecordFirstSeen.LEARNING_OVER, ALWAYS, SEED));
        }
    }

    private static Tuning tuning(Path file, Catalogues catalogues) throws UnreadableLogException {
        return switch (TuningFile.parse(file.toString(), String.join("\n", lines(file)), catalogues.rules())) {
            case TuningResult.Valid valid -> valid.document();
            case TuningResult.Invalid invalid -> throw new UnreadableLogException("the tuning is refused: " + invalid);
        };
    }

    private static Set<String> tenantKeys(Path file, List<String> lines, Catalogues catalogues)
            throws UnreadableLogException {
        var judge = new DomainScorer(catalogues.domains(), new UrlParser(catalogues.extensions()));
        DomainPolicy policy = DomainPolicy.of(BuiltInTuning.of(Platform.WINDOWS), catalogues.domains());
        var keys = new TreeSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String name = (line.contains("#") ? line.substring(0, line.indexOf('#')) : line).strip();
            if (name.isEmpty()) {
                continue;
            }
            DomainRisk risk = name.contains("/")
                    ? judge.url(name.contains("://") ? name : "https://" + name, ALWAYS, policy)
                    : judge.host(name, ALWAYS, policy);
            if (risk == null) {
                throw new UnreadableLogException(
                        file + ":" + (i + 1) + ": '" + name + "' is neither a domain nor a URL");
            }
            keys.add(risk.getTenantKey());
        }
        return keys;
    }

    private static List<String> lines(Path file) throws UnreadableLogException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
    }
}
