package io.clicktrail.normalizer;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.normalizer.kafka.AssembleEvents;
import io.clicktrail.normalizer.kafka.BroadcastHeartbeats;
import io.clicktrail.normalizer.kafka.EmitEvents;
import io.clicktrail.normalizer.kafka.EmitRejections;
import io.clicktrail.normalizer.kafka.NormalizeRecord;
import io.clicktrail.normalizer.kafka.NormalizedRecord;
import io.clicktrail.normalizer.kafka.RecordCounters;
import io.clicktrail.normalizer.mapping.MappingFiles;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Raw records in; events and rejections out. */
public final class NormalizerTopology {

    private NormalizerTopology() {}

    /** @param trust which heartbeats in raw logs are believed */
    public static void build(
            StreamsBuilder builder,
            Topics topics,
            NormalizerSettings settings,
            HeartbeatTrust trust,
            MeterRegistry meters) {
        build(builder, topics, settings, normalizers(settings), trust, meters);
    }

    /**
     * Makes a normalizer for each thread.
     *
     * @throws IllegalArgumentException where a setting is not what it should be
     */
    public static Supplier<Normalizer> normalizers(NormalizerSettings settings) {
        var mappings = MappingFiles.read(settings.mappings());
        var columns = settings.rows();
        return () -> new Normalizer(settings.limits(), settings.clocks(), columns, mappings);
    }

    /**
     * The same with given normalizers.
     *
     * @param normalizers gives each thread its own
     */
    public static void build(
            StreamsBuilder builder,
            Topics topics,
            NormalizerSettings settings,
            Supplier<Normalizer> normalizers,
            HeartbeatTrust trust,
            MeterRegistry meters) {
        var events = topics.events();
        events(builder, topics, settings, normalizers, trust, meters)
                .to(
                        events.name(),
                        Produced.with(events.keySerde(), events.valueSerde())
                                .withStreamPartitioner(new BroadcastHeartbeats())
                                .withName("write-events"));
    }

    /**
     * Reads raw records, writes those that could not be parsed, and gives the events with their keys. Heartbeats among
     * them are for every partition, see {@link BroadcastHeartbeats}.
     *
     * @param normalizers gives each thread its own
     */
    public static KStream<String, Event> events(
            StreamsBuilder builder,
            Topics topics,
            NormalizerSettings settings,
            Supplier<Normalizer> normalizers,
            HeartbeatTrust trust,
            MeterRegistry meters) {
        var raw = topics.raw().stream().map(Topic::name).toList();
        var rejected = topics.rejected();
        int mostRejected = (int) settings.maxRejected().toBytes();
        var counters = new RecordCounters(meters);

        KStream<byte[], NormalizedRecord> read = builder.stream(
                        raw,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-raw-logs"))
                .processValues(
                        () -> new NormalizeRecord(normalizers.get(), trust, counters), Named.as("normalize-record"))
                .process(AssembleEvents.supplier(settings.limits(), counters), Named.as("assemble-events"));

        KStream<String, Event> events = read.process(EmitEvents::new, Named.as("emit-events"));
        read.process(() -> new EmitRejections(mostRejected), Named.as("emit-rejections"))
                .to(
                        rejected.name(),
                        Produced.with(rejected.keySerde(), rejected.valueSerde())
                                .withName("write-rejected"));
        return events;
    }
}
