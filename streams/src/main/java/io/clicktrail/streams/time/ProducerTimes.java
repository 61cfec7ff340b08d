package io.clicktrail.streams.time;

import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics whose records have the time of their producer although the layout asks for the broker's. The type of a
 * timestamp is part of every record, so no right to read the configuration of a topic is needed. The service goes on,
 * since {@link DeliveryTime} bounds what such a time can do, and warns once.
 */
public final class ProducerTimes {

    /** Key of the consumer configuration that passes the instance to {@link Watch}. */
    public static final String CONFIG = "clicktrail.producer.times";

    private static final Logger LOG = LoggerFactory.getLogger(ProducerTimes.class);

    private final Set<String> withBrokerTime;
    private final Set<String> differing = ConcurrentHashMap.newKeySet();

    /** @param withBrokerTime topics that are laid out with {@code message.timestamp.type=LogAppendTime} */
    public ProducerTimes(Set<String> withBrokerTime, MeterRegistry meters) {
        this.withBrokerTime = Set.copyOf(withBrokerTime);
        Metric.PRODUCER_TIMES.gauge(meters, differing::size);
    }

    <K, V> void fetched(ConsumerRecords<K, V> records) {
        for (TopicPartition partition : records.partitions()) {
            var type = records.records(partition).getFirst().timestampType();
            if (!withBrokerTime.contains(partition.topic())) {
                continue;
            }
            if (type == TimestampType.LOG_APPEND_TIME) {
                differing.remove(partition.topic());
            } else if (differing.add(partition.topic())) {
                LOG.atWarn()
                        .addKeyValue("topicName", partition.topic())
                        .log(
                                "The records of {} have the time of their producer, so a wrong clock of one endpoint"
                                        + " can delay cases; set message.timestamp.type=LogAppendTime on the topic",
                                partition.topic());
            }
        }
    }

    /** Reports what the main consumer fetches. */
    public static final class Watch implements ConsumerInterceptor<byte[], byte[]> {

        private @Nullable ProducerTimes times;

        @Override
        public void configure(Map<String, ?> configs) {
            times = (ProducerTimes) Objects.requireNonNull(configs.get(CONFIG), CONFIG);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            Objects.requireNonNull(times).fetched(records);
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }
}
