package io.clicktrail.enricher.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.schemas.Topics;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;

/** Where the enricher's events come from. */
@FunctionalInterface
public interface EventSource {

    /** The topic of all events, which another service writes. */
    EventSource TOPIC = (builder, topics, relevant) -> builder.stream(
            topics.events().name(),
            Consumed.with(topics.events().keySerde(), topics.events().valueSerde())
                    .withName("read-events"));

    /**
     * The events, by the keys and in as many partitions as the topic of leases has.
     *
     * @param relevant lets those pass that the enricher can use
     */
    KStream<String, Event> events(StreamsBuilder builder, Topics topics, RelevantEvents relevant);
}
