package io.clicktrail.normalizer.raw;

import java.time.ZoneId;
import java.util.Map;

/**
 * Where the clocks of devices stand that write times without a zone.
 *
 * @param everywhere for the topics that are not named
 * @param byTopic for the topics that are
 */
public record Zones(ZoneId everywhere, Map<String, ZoneId> byTopic) {

    public Zones {
        byTopic = Map.copyOf(byTopic);
    }

    public static Zones of(ZoneId everywhere) {
        return new Zones(everywhere, Map.of());
    }

    public ZoneId of(String topic) {
        return byTopic.getOrDefault(topic, everywhere);
    }
}
