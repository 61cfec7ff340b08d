package io.clicktrail.streams.topics;

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
     */
    record Row(
            String name,
            String cleanup,
            @Nullable Integer partitions,
            @Nullable String timestamps,
            @Nullable Long retentionMs,
            boolean raw) {

        boolean isCompacted() {
            return cleanup.equals("compact");
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
