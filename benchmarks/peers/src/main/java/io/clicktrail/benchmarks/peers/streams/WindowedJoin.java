package io.clicktrail.benchmarks.peers.streams;

import io.clicktrail.benchmarks.peers.chain.ChainPattern;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.StreamJoined;

/** The chain as three windowed joins of streams by host, in event time. */
public final class WindowedJoin {

    private static final int BATCH_BYTES = 256 << 10;

    private WindowedJoin() {}

    public static void main(String[] arguments) {
        var options = PeerOptions.of(arguments);
        var streams =
                new KafkaStreams(topology(options.evidence(), options.input(), options.output()), properties(options));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    /** Reads evidence of a topic and writes chains to another. */
    public static Topology topology(Serde<Evidence> evidence, String input, String output) {
        var builder = new StreamsBuilder();
        KStream<String, Step> steps = builder.stream(
                        input,
                        Consumed.with(Serdes.String(), evidence)
                                .withTimestampExtractor((record, before) -> record.value() instanceof Evidence each
                                        ? each.getEvent().getTime().toEpochMilli()
                                        : before))
                .mapValues(Step::of);
        KStream<String, Step> clicks = steps.filter((host, step) -> step.click());
        KStream<String, Step> egresses = steps.filter((host, step) -> step.egress());
        KStream<String, Step> writes = steps.filter((host, step) -> step.write());
        KStream<String, Step> executions = steps.filter((host, step) -> step.execution());

        var follows = JoinWindows.ofTimeDifferenceAndGrace(ChainPattern.WINDOW, ChainPattern.GRACE)
                .before(ChainPattern.SKEW);
        var runs = JoinWindows.ofTimeDifferenceAndGrace(ChainPattern.FOLLOW_ON, ChainPattern.GRACE)
                .before(ChainPattern.SKEW);
        clicks.join(
                        egresses,
                        (click, egress) -> List.of(click, egress),
                        follows,
                        StreamJoined.with(Serdes.String(), StepSerde.one(), StepSerde.one())
                                .withName("opened")
                                .withStoreName("opened"))
                .filter((host, chain) -> ChainPattern.isOpened(chain.get(0), chain.get(1)))
                .join(
                        writes,
                        WindowedJoin::and,
                        follows,
                        StreamJoined.with(Serdes.String(), StepSerde.several(), StepSerde.one())
                                .withName("written")
                                .withStoreName("written"))
                .filter((host, chain) -> ChainPattern.isWritten(chain.get(0), chain.get(1), chain.get(2)))
                .join(
                        executions,
                        WindowedJoin::and,
                        runs,
                        StreamJoined.with(Serdes.String(), StepSerde.several(), StepSerde.one())
                                .withName("run")
                                .withStoreName("run"))
                .filter((host, chain) -> ChainPattern.isRun(chain.get(2), chain.get(3)))
                .mapValues(
                        chain -> ChainPattern.match(chain.toArray(Step[]::new)).text())
                .to(output, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private static List<Step> and(List<Step> chain, Step next) {
        return Stream.concat(chain.stream(), Stream.of(next)).toList();
    }

    private static Properties properties(PeerOptions options) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, options.group());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrap());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, options.state());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, options.commitMillis());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        return properties;
    }
}
