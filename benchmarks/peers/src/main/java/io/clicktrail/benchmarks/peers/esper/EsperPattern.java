package io.clicktrail.benchmarks.peers.esper;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import io.clicktrail.benchmarks.peers.chain.ChainPattern;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.evidence.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The chain as a pattern of Esper over steps in event time, between a consumer and a producer. Its state is in memory
 * alone: what is open at a restart is lost, so this is no durable peer.
 */
public final class EsperPattern {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int BATCH_BYTES = 256 << 10;

    private final EPRuntime runtime;
    private long now;

    EsperPattern(Consumer<Step[]> found) throws Exception {
        var configuration = new Configuration();
        configuration.getCommon().addEventType("Step", EsperStep.class);
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        for (String function : List.of("isOpened", "isWritten", "isRun")) {
            configuration.getCompiler().addPlugInSingleRowFunction(function, ChainPattern.class.getName(), function);
        }
        runtime = EPRuntimeProvider.getRuntime("chains", configuration);
        runtime.getEventService().advanceTime(0);
        var compiled = EPCompilerProvider.getCompiler().compile(statements(), new CompilerArguments(configuration));
        var deployed = runtime.getDeploymentService().deploy(compiled);
        runtime.getDeploymentService()
                .getStatement(deployed.getDeploymentId(), "chains")
                .addListener((arrived, gone, statement, engine) -> {
                    for (EventBean match : arrived) {
                        found.accept(Stream.of("c", "e", "w", "x")
                                .map(name -> (Step) match.get(name))
                                .toArray(Step[]::new));
                    }
                });
    }

    public static void main(String[] arguments) throws Exception {
        var options = PeerOptions.of(arguments);
        var evidence = options.evidence().deserializer();
        try (var consumer = new KafkaConsumer<>(
                        consumerProperties(options),
                        new StringDeserializer(),
                        (topic, bytes) -> evidence.deserialize(topic, bytes));
                var producer = new KafkaProducer<>(
                        producerProperties(options), new StringSerializer(), new StringSerializer())) {
            var pattern = new EsperPattern(chain -> producer.send(new ProducerRecord<>(
                    options.output(), chain[0].host(), ChainPattern.match(chain).text())));
            consumer.subscribe(List.of(options.input()));
            long committed = System.currentTimeMillis();
            while (true) {
                for (var record : consumer.poll(POLL)) {
                    pattern.take(record.value());
                }
                if (System.currentTimeMillis() - committed >= options.commitMillis()) {
                    producer.flush();
                    consumer.commitSync();
                    committed = System.currentTimeMillis();
                }
            }
        }
    }

    /** Takes a piece of evidence; the time is that of the latest event. */
    void take(Evidence evidence) {
        Step step = Step.of(evidence);
        if (step.time() > now) {
            now = step.time();
            runtime.getEventService().advanceTime(now);
        }
        if (step.isPart()) {
            runtime.getEventService().sendEventBean(new EsperStep(step), "Step");
        }
    }

    /** Steps are put in the order of their times first, and wait for the grace. */
    private static String statements() {
        return """
                insert rstream into Ordered
                select rstream step, host, click, egress, write, execution
                from Step#time_order(time, %d seconds);

                @name('chains')
                select c.step as c, e.step as e, w.step as w, x.step as x
                from pattern [
                  every c=Ordered(click) ->
                    (e=Ordered(egress, host = c.host, isOpened(c.step, step)) where timer:within(%2$d seconds)) ->
                    ((every w=Ordered(write, host = c.host, isWritten(c.step, e.step, step)))
                      -> x=Ordered(execution, host = c.host, isRun(w.step, step))) where timer:within(%3$d seconds)
                ];
                """.formatted(
                        ChainPattern.GRACE.toSeconds(),
                        ChainPattern.WINDOW.toSeconds(),
                        ChainPattern.WINDOW.plus(ChainPattern.FOLLOW_ON).toSeconds());
    }

    private static Map<String, Object> consumerProperties(PeerOptions options) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG,
                options.group(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1_000);
    }

    private static Map<String, Object> producerProperties(PeerOptions options) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.bootstrap(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES);
    }
}
