package io.clicktrail.streams;

import org.apache.kafka.streams.StreamsBuilder;

/** The one bean that a service declares: its stream processing. */
@FunctionalInterface
public interface ServiceTopology {

    void build(StreamsBuilder builder);
}
