package io.clicktrail.streams.topics;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of {@code topics.json}: topics and access. The Helm chart reads it too.
 *
 * @param partitions default of every topic
 * @param retentionMs retention of streams in milliseconds
 * @param maxRecordBytes largest record that the services write
 * @param batchOverheadBytes maximum overhead of a batch of one record
 * @param headerAllowanceBytes reserve below the maximum of raw records, for the headers that are added when they are
 *     forwarded
 * @param operations Kafka operations of each kind of access
 * @param principals access by name of the principal
 */
public record TopicTable(
        String about,
        int partitions,
        long retentionMs,
        int maxRecordBytes,
        int batchOverheadBytes,
        int headerAllowanceBytes,
        List<Row> topics,
        Map<String, List<String>> operations,
        Map<String, Principal> principals) {

    /** Stands for the name of a destination in names of topics and principals. */
    static final String DESTINATION = "{destination}";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public static final TopicTable SHIPPED = read();

    /**
     * One topic.
     *
     * @param name below the prefix
     * @param cleanup delete or compact
     * @param partitions if other than the default
     * @param timestamps {@code message.timestamp.type}, if other than the default of the broker: topics that others
     *     than the services write have the broker's time
     * @param retentionMs if other than the default; -1 for ever
     * @param raw whether it is the template of all topics that collectors write to
     * @param joined whether it must have as many partitions as the others that are joined
     * @param destination whether there is one for each destination of the alerter, with its name in place of {@code
     *     {destination}}
     * @param feedback whether only for those destinations that give feedback
     */
    record Row(
            String name,
            String cleanup,
            @Nullable Integer partitions,
            @Nullable String timestamps,
            @Nullable Long retentionMs,
            boolean raw,
            boolean joined,
            boolean destination,
            boolean feedback) {

        boolean isCompacted() {
            return cleanup.equals("compact");
        }

        /** The names of the topics that it stands for. */
        List<String> names(Topics topics, Map<String, Boolean> destinations) {
            if (raw) {
                return topics.raw().stream().map(Topic::name).toList();
            }
            if (destination) {
                return destinations.entrySet().stream()
                        .filter(each -> each.getValue() || !feedback)
                        .map(each -> topics.prefix() + "." + name.replace(DESTINATION, each.getKey()))
                        .sorted()
                        .toList();
            }
            return List.of(topics.prefix() + "." + name);
        }

        private boolean standsFor(String topic) {
            return destination
                    ? topic.startsWith(name.substring(0, name.indexOf('{')))
                            && topic.endsWith(name.substring(name.indexOf('}') + 1))
                    : topic.equals(name);
        }
    }

    /**
     * Access of one principal.
     *
     * @param reads topics below the prefix
     * @param writes topics below the prefix
     * @param transactions whether it writes in transactions
     * @param internalTopics whether it has changelog topics
     * @param repartitions whether it has repartition topics, whose records it deletes
     * @param watches services whose progress it reads
     */
    record Principal(
            List<String> reads,
            List<String> writes,
            boolean transactions,
            boolean internalTopics,
            boolean repartitions,
            List<String> watches) {

        Principal {
            watches = watches == null ? List.of() : List.copyOf(watches);
        }
    }

    Row row(String name) {
        return topics.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topics.json has no topic " + name));
    }

    /** Whether a topic below the prefix may have a number of partitions of its own. */
    boolean hasFreePartitions(String topic) {
        return topics.stream()
                .filter(row -> row.standsFor(topic))
                .allMatch(row -> !row.joined() && row.partitions() == null);
    }

    Principal principal(String name) {
        var principal = principals.get(name);
        if (principal == null) {
            throw new IllegalArgumentException("topics.json has no principal " + name);
        }
        return principal;
    }

    private static TopicTable read() {
        try (var json = TopicTable.class.getResourceAsStream("topics.json")) {
            return JSON.readValue(Objects.requireNonNull(json, "topics.json"), TopicTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
