package io.clicktrail.benchmarks.peers.flink;

import io.clicktrail.benchmarks.peers.chain.ChainPattern;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The chain as a pattern of Flink CEP in event time, with RocksDB, incremental checkpoints and transactions, in Flink's
 * own cluster of one process with one slot.
 */
public final class FlinkCep {

    private static final String CLICK = "click";
    private static final String EGRESS = "egress";
    private static final String WRITE = "write";
    private static final String EXECUTION = "execution";
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);

    private FlinkCep() {}

    public static void main(String[] arguments) throws Exception {
        var options = PeerOptions.of(arguments);
        var environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration(options));
        environment.enableCheckpointing(options.commitMillis(), CheckpointingMode.EXACTLY_ONCE);
        var source = KafkaSource.<Step>builder()
                .setBootstrapServers(options.bootstrap())
                .setTopics(options.input())
                .setGroupId(options.group())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setDeserializer(new EvidenceReader(options))
                .build();
        chains(environment.fromSource(source, inTime(), "evidence"))
                .sinkTo(KafkaSink.<String>builder()
                        .setBootstrapServers(options.bootstrap())
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix(options.group())
                        .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "60000")
                        .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
                        .setRecordSerializer(KafkaRecordSerializationSchema.builder()
                                .setTopic(options.output())
                                .setValueSerializationSchema(new SimpleStringSchema())
                                .build())
                        .build());
        environment.execute("chains");
    }

    /** Event time; what is later than the grace is lost. */
    public static WatermarkStrategy<Step> inTime() {
        return WatermarkStrategy.<Step>forBoundedOutOfOrderness(ChainPattern.GRACE)
                .withTimestampAssigner((step, before) -> step.time());
    }

    /** The chains in steps that have event time. */
    public static DataStream<String> chains(DataStream<Step> steps) {
        return CEP.pattern(steps.filter(Step::isPart).keyBy(Step::host), pattern())
                .process(new Found());
    }

    private static Pattern<Step, ?> pattern() {
        return Pattern.<Step>begin(CLICK, AfterMatchSkipStrategy.skipPastLastEvent())
                .where(SimpleCondition.of(Step::click))
                .followedBy(EGRESS)
                .where(new Opened())
                .within(ChainPattern.WINDOW, WithinType.PREVIOUS_AND_CURRENT)
                .followedByAny(WRITE)
                .where(new Written())
                .within(ChainPattern.WINDOW, WithinType.PREVIOUS_AND_CURRENT)
                .followedBy(EXECUTION)
                .where(new Run())
                .within(ChainPattern.FOLLOW_ON, WithinType.PREVIOUS_AND_CURRENT);
    }

    private static Configuration configuration(PeerOptions options) {
        var configuration = new Configuration();
        var folder = Path.of(options.state());
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // What goes wrong is to be seen, not tried again.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return configuration;
    }

    private static final class Opened extends IterativeCondition<Step> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean filter(Step step, Context<Step> context) throws Exception {
            return step.egress() && ChainPattern.isOpened(one(context, CLICK), step);
        }
    }

    private static final class Written extends IterativeCondition<Step> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean filter(Step step, Context<Step> context) throws Exception {
            return step.write() && ChainPattern.isWritten(one(context, CLICK), one(context, EGRESS), step);
        }
    }

    private static final class Run extends IterativeCondition<Step> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean filter(Step step, Context<Step> context) throws Exception {
            return step.execution() && ChainPattern.isRun(one(context, WRITE), step);
        }
    }

    private static Step one(IterativeCondition.Context<Step> context, String name) throws Exception {
        return context.getEventsForPattern(name).iterator().next();
    }

    private static final class Found extends PatternProcessFunction<Step, String> {
        private static final long serialVersionUID = 1;

        @Override
        public void processMatch(Map<String, List<Step>> found, Context context, Collector<String> out) {
            var steps = found.values().stream().flatMap(List::stream).toArray(Step[]::new);
            out.collect(ChainPattern.match(steps).text());
        }
    }
}
