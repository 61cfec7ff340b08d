package io.clicktrail.standalone.replay;

import io.clicktrail.domains.FirstSeen;
import io.clicktrail.enricher.domain.DomainJudge;
import io.clicktrail.enricher.domain.DomainPolicy;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningFile;
import io.clicktrail.enricher.tuning.TuningReading;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the operator knows before the first log comes: a tuning document, and the domains that are no news.
 *
 * @param tuning null where the built-in one holds
 * @param tenantKeys domains that count as known
 */
public record Tables(@Nullable Tuning tuning, Set<String> tenantKeys) {
    private static final String SEED = "seed";

    /** Long before any log: known for as long as anyone can tell. */
    private static final Instant ALWAYS = Instant.EPOCH;

    static {
        AvroSetup.install();
    }

    public Tables {
        tenantKeys = Set.copyOf(tenantKeys);
    }

    /**
     * Reads the operator's files.
     *
     * @param tuningFile YAML or JSON with MITRE's names of the mutable elements, or null
     * @param seenFile one domain, host name or URL a line; blank lines and what follows a {@code #} do not count; or null
     * @throws UnreadableLogException if a file can't be read or holds a mistake; the message names the line
     */
    public static Tables read(@Nullable Path tuningFile, @Nullable Path seenFile) throws UnreadableLogException {
        var catalogues = Catalogues.bundled();
        return new Tables(
                tuningFile == null ? null : tuning(tuningFile, catalogues),
                seenFile == null ? Set.of() : tenantKeys(seenFile, lines(seenFile), catalogues));
    }

    /** Tables with domains that count as known, one a line as in a file. */
    public static Tables of(String name, List<String> seen) throws UnreadableLogException {
        return new Tables(null, tenantKeys(Path.of(name), seen, Catalogues.bundled()));
    }

    /** Writes the tables; to be done before the services start, so that they hold for the first record. */
    public void write(Stack stack) {
        Topics topics = stack.topics();
        if (tuning != null) {
            try (var producer = producer(stack, topics.tuning())) {
                producer.send(new ProducerRecord<>(
                        topics.tuning().name(), tuning.getPlatform().name(), tuning));
            }
        }
        if (!tenantKeys.isEmpty()) {
            try (var producer = producer(stack, topics.domains())) {
                for (String key : tenantKeys) {
                    producer.send(new ProducerRecord<>(topics.domains().name(), key, new FirstSeen(key, ALWAYS, SEED)));
                }
            }
        }
    }

    private static <V> KafkaProducer<String, V> producer(Stack stack, Topic<String, V> topic) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer());
    }

    private static Tuning tuning(Path file, Catalogues catalogues) throws UnreadableLogException {
        return switch (TuningFile.parse(file.toString(), String.join("\n", lines(file)), catalogues)) {
            case TuningReading.Valid valid -> valid.document();
            case TuningReading.Invalid invalid -> throw new UnreadableLogException("the tuning is refused: " + invalid);
        };
    }

    private static Set<String> tenantKeys(Path file, List<String> lines, Catalogues catalogues)
            throws UnreadableLogException {
        var judge = new DomainJudge(catalogues.domains(), new UrlParser(catalogues.extensions()));
        Tuning windows = TuningFile.builtIn(catalogues).stream()
                .filter(document -> document.getPlatform() == Platform.WINDOWS)
                .findFirst()
                .orElseThrow();
        DomainPolicy policy = DomainPolicy.of(windows, catalogues.domains());
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
