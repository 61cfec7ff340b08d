package io.clicktrail.benchmarks.throughput;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline that does nothing: for each service a Kafka Streams application with the same settings that reads the
 * same topics and writes the same topics, under a prefix of its own. It decodes nothing, keeps no state and has no
 * internal topics. For each record of its main source it emits as many records as the service did on average, in turn
 * the keys and values that the service wrote, so that the bytes are the same compressed too.
 */
final class CopyPipeline implements AutoCloseable {

    static final String PREFIX = "copy";

    private final Map<Service, KafkaStreams> running = new HashMap<>();

    /**
     * Starts the pipeline.
     *
     * @param settings of Kafka Streams in the services
     * @param topics of the services
     * @param copies the same under {@link #PREFIX}
     * @param services settings of the services
     * @param written what the services wrote, by topic
     */
    CopyPipeline(
            Map<Service, Properties> settings,
            Topics topics,
            Topics copies,
            Map<String, String> services,
            Map<String, TopicVolume> written,
            Path state) {
        settings.forEach((service, original) -> {
            var properties = new Properties();
            properties.putAll(original);
            properties.remove(StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG));
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group(service));
            properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
            properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, copies.dlq(service.label()));
            var streams = new KafkaStreams(topology(service, topics, copies, services, written), properties);
            running.put(service, streams);
            streams.start();
        });
    }

    /** Group of the copy of a service. */
    static String group(Service service) {
        return PREFIX + "-" + service.label();
    }

    void pause() {
        running.values().forEach(KafkaStreams::pause);
    }

    void resume() {
        running.values().forEach(KafkaStreams::resume);
    }

    @Override
    public void close() {
        running.values().forEach(KafkaStreams::close);
    }

    private static Topology topology(
            Service service,
            Topics topics,
            Topics copies,
            Map<String, String> services,
            Map<String, TopicVolume> written) {
        boolean normalizes = service == Service.normalizing(services);
        String main =
                mainSource(normalizes ? Service.NORMALIZER : service, topics).name();
        double read = volume(written, main).records();
        var topology = new Topology();
        topology.addSource(
                "read",
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                service.sources(topics, services).stream()
                        .map(name -> copyOf(name, topics, copies))
                        .toArray(String[]::new));
        var emitted = new ArrayList<Emitted>();
        for (Topic<?, ?> sink : sinks(service, normalizes, topics)) {
            TopicVolume volume = volume(written, sink.name());
            if (volume.records() > 0) {
                emitted.add(new Emitted("write-" + sink.name(), volume.records() / read, volume.sample()));
            }
        }
        topology.addProcessor("copy", () -> new Copy(copyOf(main, topics, copies), emitted), "read");
        for (Emitted each : emitted) {
            topology.addSink(
                    each.sink(),
                    copyOf(each.sink().substring("write-".length()), topics, copies),
                    Serdes.ByteArray().serializer(),
                    Serdes.ByteArray().serializer(),
                    "copy");
        }
        return topology;
    }

    private static TopicVolume volume(Map<String, TopicVolume> written, String topic) {
        return written.getOrDefault(topic, new TopicVolume(0, 0, List.of()));
    }

    private static String copyOf(String topic, Topics topics, Topics copies) {
        return copies.prefix() + topic.substring(topics.prefix().length());
    }

    private static Topic<?, ?> mainSource(Service service, Topics topics) {
        return switch (service) {
            case NORMALIZER -> topics.raw().getFirst();
            case ENRICHER -> topics.events();
            case CORRELATOR -> topics.evidence();
            case ALERTER -> topics.detections();
        };
    }

    private static List<? extends Topic<?, ?>> sinks(Service service, boolean normalizes, Topics topics) {
        List<? extends Topic<?, ?>> sinks = sinks(service, topics);
        if (!normalizes || service == Service.NORMALIZER) {
            return sinks;
        }
        List<Topic<?, ?>> both = new ArrayList<>(sinks(Service.NORMALIZER, topics));
        both.add(topics.eventsRelevant());
        both.addAll(sinks);
        return both;
    }

    private static List<? extends Topic<?, ?>> sinks(Service service, Topics topics) {
        return switch (service) {
            case NORMALIZER -> List.of(topics.events());
            case ENRICHER ->
                List.of(topics.evidence(), topics.context(), topics.identities(), topics.domains(), topics.coverage());
            case CORRELATOR -> List.of(topics.detections());
            case ALERTER ->
                List.of(
                        topics.alerts(),
                        topics.siemEcs(),
                        topics.soarTier1(),
                        topics.soarTier2(),
                        topics.soarUpdates());
        };
    }

    /**
     * Output of a copy.
     *
     * @param share records for each record of the main source
     */
    private record Emitted(String sink, double share, List<TopicVolume.Sample> values) {}

    private static final class Copy implements Processor<byte[], byte[], byte[], byte[]> {

        private final String main;
        private final List<Emitted> emitted;
        private final double[] due;
        private final int[] next;
        private @Nullable ProcessorContext<byte[], byte[]> context;

        Copy(String main, List<Emitted> emitted) {
            this.main = main;
            this.emitted = emitted;
            due = new double[emitted.size()];
            next = new int[emitted.size()];
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            var to = Objects.requireNonNull(context);
            if (!to.recordMetadata().orElseThrow().topic().equals(main)) {
                return;
            }
            for (int i = 0; i < due.length; i++) {
                Emitted sink = emitted.get(i);
                for (due[i] += sink.share(); due[i] >= 1; due[i]--) {
                    var sample = sink.values().get(next[i]);
                    next[i] = (next[i] + 1) % sink.values().size();
                    to.forward(new Record<>(sample.key(), sample.value(), record.timestamp()), sink.sink());
                }
            }
        }
    }
}
