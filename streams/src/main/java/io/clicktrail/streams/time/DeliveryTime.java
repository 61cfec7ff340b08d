package io.clicktrail.streams.time;

import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * When a record was delivered: its Kafka timestamp where that can be true, else the time at which it arrives here.
 *
 * <p>Whoever writes a record may choose its timestamp, unless the topic has {@code
 * message.timestamp.type=LogAppendTime}, and collectors take it from clocks of endpoints. So an invalid one (negative,
 * as old clients write) stops nothing, and one ahead of the wall clock does not advance the stream time. Each such
 * record is counted and has the header {@link #HEADER}. A timestamp in the past is believed: it advances nothing.
 *
 * <p>A replay plays history, in which no time is ahead of anything. There an invalid timestamp becomes the time of its
 * partition, since the wall clock has no part in it.
 */
public final class DeliveryTime implements TimestampExtractor, Configurable {

    /** Header of a record whose timestamp was replaced; its value is {@link #INVALID} or {@link #AHEAD}. */
    public static final String HEADER = "clicktrail.time.replaced";

    /** The timestamp was negative. */
    public static final String INVALID = "invalid";

    /** The timestamp was ahead of the wall clock by more than the bound. */
    public static final String AHEAD = "ahead";

    /** Configuration: how far ahead of the wall clock a timestamp may be, {@link Duration}; absent in a replay. */
    private static final String MAX_AHEAD = "clicktrail.time.max.ahead";

    /** Configuration: an {@link InstantSource}; the system's clock if absent. */
    public static final String CLOCK = "clicktrail.time.clock";

    /** Configuration: the {@link MeterRegistry} to count in; none if absent. */
    public static final String METERS = "clicktrail.time.meters";

    private static final long NO_BOUND = Long.MAX_VALUE;

    private InstantSource clock = Clock.systemUTC();
    private MeterRegistry meters = new SimpleMeterRegistry();
    private long maxAhead = NO_BOUND;

    /**
     * What makes Kafka Streams take its times from here.
     *
     * @param maxAhead how far ahead of the wall clock a timestamp may be
     * @param history whether records are of any time, as in a replay
     */
    public static Map<String, Object> properties(Duration maxAhead, boolean history) {
        var properties = new HashMap<String, Object>();
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, DeliveryTime.class);
        if (!history) {
            properties.put(MAX_AHEAD, maxAhead);
        }
        return properties;
    }

    /** Whether the timestamp of a record was invalid, so that nobody knows when it was delivered. */
    public static boolean isUnknown(Headers headers) {
        var replaced = headers.lastHeader(HEADER);
        return replaced != null && Arrays.equals(INVALID.getBytes(StandardCharsets.UTF_8), replaced.value());
    }

    @Override
    public void configure(Map<String, ?> configs) {
        maxAhead = configs.get(MAX_AHEAD) instanceof Duration bound ? bound.toMillis() : NO_BOUND;
        clock = configs.get(CLOCK) instanceof InstantSource given ? given : clock;
        meters = configs.get(METERS) instanceof MeterRegistry given ? given : meters;
        // A counter that appears with its first increment looks unchanged to an alert on its rise.
        List.of(INVALID, AHEAD).forEach(reason -> Metric.TIMES_REPLACED.counter(meters, "reason", reason));
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.timestamp() < 0) {
            replaced(record.headers(), INVALID);
            return maxAhead == NO_BOUND ? Math.max(0, partitionTime) : clock.millis();
        }
        if (maxAhead == NO_BOUND) {
            return record.timestamp();
        }
        long now = clock.millis();
        if (record.timestamp() - maxAhead > now) {
            replaced(record.headers(), AHEAD);
            return now;
        }
        return record.timestamp();
    }

    private void replaced(Headers headers, String reason) {
        Metric.TIMES_REPLACED.counter(meters, "reason", reason).increment();
        if (headers.lastHeader(HEADER) == null) {
            headers.add(HEADER, reason.getBytes(StandardCharsets.UTF_8));
        }
    }
}
