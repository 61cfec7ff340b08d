package io.clicktrail.engine.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The local runtime against Kafka Streams' own driver, on one topology with all that the services use. */
class LocalTopologyTest {
    private static final long START = 1_750_000_000_000L;

    @Test
    void aTopologyGivesWhatKafkaStreamsGives() {
        assertThat(locally()).isEqualTo(inKafkaStreams()).isNotEmpty();
    }

    @Test
    void anOperationThatIsNotThereIsNamedWhenTheTopologyIsBuilt() {
        var topology = new LocalTopics().topology("test", true);
        KStream<String, String> stream = topology.stream("in", Consumed.with(Serdes.String(), Serdes.String()));

        assertThatThrownBy(stream::groupByKey)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("groupByKey");
    }

    @Test
    void whatNobodyReadsIsNotMade() {
        var topics = new LocalTopics();
        var made = new ArrayList<String>();
        var counted = new ArrayList<String>();
        KStream<String, String> in =
                topics.topology("test", true).stream("in", Consumed.with(Serdes.String(), Serdes.String()));
        var written = Produced.with(Serdes.String(), Serdes.String());
        for (String topic : List.of("read", "unread")) {
            in.mapValues(value -> {
                        made.add(topic);
                        return value;
                    })
                    .to(topic, written);
        }
        in.peek((key, value) -> counted.add(value)).to("unread", written);
        topics.listen("read", record -> {});
        topics.start(START);

        topics.put("in", "k", "apple", START, null);

        assertThat(made).containsExactly("read");
        assertThat(counted).containsExactly("apple");
        assertThatThrownBy(() -> topics.listen("unread", record -> {})).isInstanceOf(IllegalStateException.class);
    }

    private static void build(StreamsBuilder builder) {
        var strings = Consumed.with(Serdes.String(), Serdes.String());
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("shared"), Serdes.String(), Serdes.String()));
        builder.stream("side", strings).process(() -> new Remember(), Named.as("remember"), "shared");
        KStream<String, String> filled =
                builder.stream("in", strings).filter((key, value) -> !value.isEmpty(), Named.as("filter"));
        filled.process(() -> new Count(), Named.as("count"), "shared")
                .to("out", Produced.with(Serdes.String(), Serdes.String()));
        // The driver runs all in one task, so nothing that depends on stream time comes after a repartition.
        filled.selectKey((key, value) -> value.substring(0, 1), Named.as("select"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-first"))
                .mapValues(value -> value + "!", Named.as("map"))
                .to("keyed", Produced.with(Serdes.String(), Serdes.String()));
    }

    private static List<String> locally() {
        var topics = new LocalTopics();
        build(topics.topology("test", true));
        var out = new ArrayList<String>();
        var keyed = new ArrayList<String>();
        topics.<String, String>listen("out", record -> out.add(text(record)));
        topics.<String, String>listen("keyed", record -> keyed.add(text(record)));
        topics.start(START);
        play((topic, value, at) -> topics.put(topic, "k", value, at, null), topics::advance);
        topics.close();
        out.addAll(keyed);
        return out;
    }

    private static String text(Record<String, String> record) {
        return record.key() + "=" + record.value() + "@" + record.timestamp();
    }

    private static List<String> inKafkaStreams() {
        var builder = new StreamsBuilder();
        build(builder);
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        var strings = Serdes.String();
        var out = new ArrayList<String>();
        try (var driver = new TopologyTestDriver(builder.build(), settings, Instant.ofEpochMilli(START))) {
            long[] now = {START};
            play(
                    (topic, value, at) -> driver.createInputTopic(topic, strings.serializer(), strings.serializer())
                            .pipeInput("k", value, at),
                    at -> {
                        for (; now[0] < at; now[0] += 1_000) {
                            driver.advanceWallClockTime(Duration.ofSeconds(1));
                        }
                    });
            for (String topic : List.of("out", "keyed")) {
                driver.createOutputTopic(topic, strings.deserializer(), strings.deserializer())
                        .readRecordsToList()
                        .forEach(record -> out.add(record.key() + "=" + record.value() + "@" + record.timestamp()));
            }
        }
        return out;
    }

    private static void play(Put put, Consumer<Long> advance) {
        put.put("in", "apple", START);
        put.put("side", "seen", START + 100);
        put.put("in", "", START + 200);
        put.put("in", "ant", START + 2_500);
        advance.accept(START + 5_000);
        put.put("in", "bee", START + 61_000);
        put.put("in", "late", START + 1_000);
        advance.accept(START + 7_000);
        put.put("in", "last", START + 190_000);
    }

    @FunctionalInterface
    private interface Put {
        void put(String topic, String value, long at);
    }

    private static final class Remember extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            context().<KeyValueStore<String, String>>getStateStore("shared").put(record.value(), record.value());
        }
    }

    /** Counts what the shared store holds, and says so at each punctuation. */
    private static final class Count extends ContextualProcessor<String, String, String, String> {
        @Override
        public void init(ProcessorContext<String, String> given) {
            super.init(given);
            given.schedule(Duration.ofSeconds(2), PunctuationType.WALL_CLOCK_TIME, now -> emit("wall", now));
            given.schedule(Duration.ofMinutes(1), PunctuationType.STREAM_TIME, now -> emit("stream", now));
        }

        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, String> store = context().getStateStore("shared");
            store.putIfAbsent(record.value(), record.value());
            context().forward(record.withValue(record.value() + store.approximateNumEntries()));
        }

        private void emit(String kind, long now) {
            KeyValueStore<String, String> store = context().getStateStore("shared");
            var values = new StringBuilder(kind);
            try (var all = store.range("a", "m")) {
                all.forEachRemaining(entry -> values.append(' ').append(entry.value));
            }
            context()
                    .forward(new Record<>(
                            "tick", values.toString(), Math.max(0, context().currentStreamTimeMs())));
        }
    }
}
