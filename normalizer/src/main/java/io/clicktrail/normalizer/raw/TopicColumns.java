package io.clicktrail.normalizer.raw;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of rows that come without the header of their log, since that stood in an earlier record: as the header
 * itself writes them, with blanks or tabs between.
 *
 * @param everywhere for the topics that are not named; null where rows bring their own header or have the columns of
 *     their log by default
 * @param byTopic for the topics that are
 */
public record TopicColumns(@Nullable String everywhere, Map<String, String> byTopic) {

    /** No columns but those that rows bring along. */
    public static final TopicColumns NONE = new TopicColumns(null, Map.of());

    public TopicColumns {
        byTopic = Map.copyOf(byTopic);
    }

    public @Nullable String of(String topic) {
        String own = byTopic.get(topic);
        return own == null ? everywhere : own;
    }
}
