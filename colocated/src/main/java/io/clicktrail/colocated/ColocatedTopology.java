package io.clicktrail.colocated;

import io.clicktrail.enricher.EnricherTopology;
import io.clicktrail.enricher.kafka.EventSource;
import io.clicktrail.enricher.kafka.RelevantEvents;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Event;
import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.normalizer.NormalizerTopology;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.normalizer.kafka.BroadcastHeartbeats;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Raw records in; evidence and all else that the enricher says out. What the enricher cannot use ends in the task that
 * parsed it; the rest goes to the task of its key over a topic of few records.
 */
public final class ColocatedTopology {

    private final ColocationSettings settings;
    private final NormalizerSettings ofNormalizer;
    private final Supplier<Normalizer> normalizers;
    private final HeartbeatTrust trust;
    private final MeterRegistry meters;

    private ColocatedTopology(
            ColocationSettings settings,
            NormalizerSettings ofNormalizer,
            Supplier<Normalizer> normalizers,
            HeartbeatTrust trust,
            MeterRegistry meters) {
        this.settings = settings;
        this.ofNormalizer = ofNormalizer;
        this.normalizers = normalizers;
        this.trust = trust;
        this.meters = meters;
    }

    /**
     * Adds both services to a builder.
     *
     * @param normalizers gives each thread its own
     * @param trust which heartbeats in raw logs are believed
     * @param catalogues the lists
     */
    public static void build(
            StreamsBuilder builder,
            Topics topics,
            ColocationSettings settings,
            NormalizerSettings ofNormalizer,
            Supplier<Normalizer> normalizers,
            HeartbeatTrust trust,
            EnricherSettings ofEnricher,
            Catalogues catalogues,
            MeterRegistry meters) {
        EventSource parsed = new ColocatedTopology(settings, ofNormalizer, normalizers, trust, meters)::events;
        EnricherTopology.build(builder, topics, ofEnricher, catalogues, meters, parsed);
    }

    private KStream<String, Event> events(StreamsBuilder builder, Topics topics, RelevantEvents relevant) {
        KStream<String, Event> parsed =
                NormalizerTopology.events(builder, topics, ofNormalizer, normalizers, trust, meters);
        return switch (settings.events()) {
            case ALL -> {
                write(parsed, topics.events(), "write-events");
                yield outlined(builder, topics, parsed, relevant);
            }
            case RELEVANT -> {
                write(parsed.process(relevant.whole(), Named.as("keep-relevant")), topics.events(), "write-events");
                yield read(builder, topics.events());
            }
            case OFF -> outlined(builder, topics, parsed, relevant);
        };
    }

    private static KStream<String, Event> outlined(
            StreamsBuilder builder, Topics topics, KStream<String, Event> parsed, RelevantEvents relevant) {
        write(
                parsed.process(relevant.outlined(), Named.as("keep-relevant")),
                topics.eventsRelevant(),
                "write-relevant-events");
        return read(builder, topics.eventsRelevant());
    }

    private static void write(KStream<String, Event> events, Topic<String, Event> topic, String name) {
        events.to(
                topic.name(),
                Produced.with(topic.keySerde(), topic.valueSerde())
                        .withStreamPartitioner(new BroadcastHeartbeats())
                        .withName(name));
    }

    private static KStream<String, Event> read(StreamsBuilder builder, Topic<String, Event> topic) {
        return builder.stream(
                topic.name(),
                Consumed.with(topic.keySerde(), topic.valueSerde()).withName("read-events"));
    }
}
