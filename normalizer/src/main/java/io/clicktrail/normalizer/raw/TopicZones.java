package io.clicktrail.normalizer.raw;

import java.time.ZoneId;
import java.util.Map;

/**
 * The time zone of device clocks that write none, by topic.
 *
 * @param everywhere for the topics that are not named
 * @param byTopic for the topics that are
 */
public record TopicZones(ZoneId everywhere, Map<String, ZoneId> byTopic) {

    public TopicZones {
        byTopic = Map.copyOf(byTopic);
    }

    public static TopicZones of(ZoneId everywhere) {
        return new TopicZones(everywhere, Map.of());
    }

    public ZoneId of(String topic) {
        return byTopic.getOrDefault(topic, everywhere);
    }
}
