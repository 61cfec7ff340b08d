package io.clicktrail.streams.tracing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Tracer} around every processor of a topology, and the trace of a record's event into its headers. A
 * topology without it is as if there were no traces; its names and stores are the same with it.
 */
public final class TracedProcessors implements ProcessorWrapper {

    /** Key of the tracer in the configuration of Kafka Streams. */
    static final String TRACER = "clicktrail.tracer";

    private @Nullable Tracer tracer;

    /** What Kafka Streams needs to trace. */
    public static Map<String, Object> properties(Tracer tracer) {
        return Map.of(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, TracedProcessors.class.getName(), TRACER, tracer);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        tracer = (Tracer) Objects.requireNonNull(configs.get(TRACER), TRACER);
    }

    @Override
    public <K, V, L, W> WrappedProcessorSupplier<K, V, L, W> wrapProcessorSupplier(
            String name, ProcessorSupplier<K, V, L, W> supplier) {
        var traced = Objects.requireNonNull(tracer);
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<K, V, L, W> get() {
                return new Traced<>(name, supplier.get(), traced);
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        };
    }

    @Override
    public <K, V, W> WrappedFixedKeyProcessorSupplier<K, V, W> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<K, V, W> supplier) {
        var traced = Objects.requireNonNull(tracer);
        return new WrappedFixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<K, V, W> get() {
                return new TracedFixedKey<>(name, supplier.get(), traced);
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        };
    }

    private static final class Traced<K, V, L, W> implements Processor<K, V, L, W> {

        private final String name;
        private final Processor<K, V, L, W> processor;
        private final Tracer tracer;
        private @Nullable ProcessingContext context;

        private Traced(String name, Processor<K, V, L, W> processor, Tracer tracer) {
            this.name = name;
            this.processor = processor;
            this.tracer = tracer;
        }

        @Override
        public void init(ProcessorContext<L, W> context) {
            this.context = context;
            processor.init(context);
        }

        @Override
        public void process(Record<K, V> record) {
            mark(tracer, record.value(), record.headers());
            tracer.during(name, record.value(), () -> origin(context), () -> processor.process(record));
        }

        @Override
        public void close() {
            processor.close();
        }
    }

    private static final class TracedFixedKey<K, V, W> implements FixedKeyProcessor<K, V, W> {

        private final String name;
        private final FixedKeyProcessor<K, V, W> processor;
        private final Tracer tracer;
        private @Nullable ProcessingContext context;

        private TracedFixedKey(String name, FixedKeyProcessor<K, V, W> processor, Tracer tracer) {
            this.name = name;
            this.processor = processor;
            this.tracer = tracer;
        }

        @Override
        public void init(FixedKeyProcessorContext<K, W> context) {
            this.context = context;
            processor.init(context);
        }

        @Override
        public void process(FixedKeyRecord<K, V> record) {
            mark(tracer, record.value(), record.headers());
            tracer.during(name, record.value(), () -> origin(context), () -> processor.process(record));
        }

        @Override
        public void close() {
            processor.close();
        }
    }

    /** A record of one traced event names its trace, unless another program that traces did before. */
    private static void mark(Tracer tracer, @Nullable Object value, Headers headers) {
        var ids = EventTrace.ids(value);
        if (ids.size() == 1 && tracer.traces(ids.getFirst()) && headers.lastHeader(EventTrace.HEADER) == null) {
            headers.add(EventTrace.HEADER, EventTrace.parent(ids.getFirst()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Map<String, String> origin(@Nullable ProcessingContext context) {
        return context == null
                ? Map.of()
                : context.recordMetadata()
                        .map(at -> Map.of(
                                "messaging.system", "kafka",
                                "messaging.destination.name", String.valueOf(at.topic()),
                                "messaging.destination.partition.id", Integer.toString(at.partition()),
                                "messaging.kafka.offset", Long.toString(at.offset())))
                        .orElseGet(Map::of);
    }
}
