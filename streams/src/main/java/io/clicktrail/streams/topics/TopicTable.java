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
 * The facts about topics and access that stand in {@code topics.json}, which the Helm chart reads as well.
 *
 * @param partitions of every topic that does not say otherwise
 * @param retentionMs milliseconds that streams are kept
 * @param maxRecordBytes largest record that the services write
 * @param batchOverheadBytes what a batch of one record adds at most
 * @param headerAllowanceBytes what a raw record must leave free, so that it can be passed on with headers
 * @param operations what each kind of access comes to
 * @param principals who has access, by name
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
     * @param partitions if not those of all
     * @param raw whether it stands for all topics that collectors write to
     */
    record Row(String name, String cleanup, @Nullable Integer partitions, boolean raw) {

        boolean isCompacted() {
            return cleanup.equals("compact");
        }
    }

    /**
     * The least that somebody needs.
     *
     * @param reads topics below the prefix
     * @param writes topics below the prefix
     * @param transactions whether it writes exactly once
     * @param internalTopics whether it has stores
     * @param repartitions whether it has repartition topics, which it empties
     */
    record Principal(
            List<String> reads,
            List<String> writes,
            boolean transactions,
            boolean internalTopics,
            boolean repartitions) {}

    Row row(String name) {
        return topics.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topics.json has no topic " + name));
    }

    private static TopicTable read() {
        try (var json = TopicTable.class.getResourceAsStream("topics.json")) {
            return JSON.readValue(Objects.requireNonNull(json, "topics.json"), TopicTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
