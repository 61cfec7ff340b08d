package io.clicktrail.streams.tracing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span for each traced event that a service meets while it works on one record, or on what it had waiting. One
 * thread works on one record at a time, and a processor calls the next; the outermost call is the span.
 */
public final class Tracer implements AutoCloseable {

    /** The most spans of one piece of work; a case lists no more evidence that matters. */
    private static final int MAX_SPANS = 100;

    /** What a thread is at. */
    private static final class Work {
        private final String name;
        private final Map<String, String> attributes;
        private final long start;
        private final Set<String> events = new LinkedHashSet<>();
        private boolean failed;

        private Work(String name, Map<String, String> attributes, long start) {
            this.name = name;
            this.attributes = attributes;
            this.start = start;
        }
    }

    private final double share;
    private final boolean isFirst;
    private final Consumer<TraceSpan> spans;
    private final AutoCloseable exporter;
    private final InstantSource clock;
    private final ThreadLocal<@Nullable Work> current = new ThreadLocal<>();

    private Tracer(
            double share, boolean isFirst, Consumer<TraceSpan> spans, AutoCloseable exporter, InstantSource clock) {
        this.share = share;
        this.isFirst = isFirst;
        this.spans = spans;
        this.exporter = exporter;
        this.clock = clock;
    }

    /**
     * A tracer that sends its spans away.
     *
     * @param service name of the service
     * @throws IllegalArgumentException if the settings name no endpoint
     */
    public static Tracer of(TracingSettings settings, String service) {
        if (settings.endpoint() == null) {
            throw new IllegalArgumentException("clicktrail.tracing.endpoint is not set");
        }
        var exporter = new OtlpExporter(settings.endpoint(), service);
        return new Tracer(settings.share(), isFirst(service), exporter::add, exporter, InstantSource.system());
    }

    static Tracer into(Consumer<TraceSpan> spans, double share, String service, InstantSource clock) {
        return new Tracer(share, isFirst(service), spans, () -> {}, clock);
    }

    private static boolean isFirst(String service) {
        return service.equals("normalizer");
    }

    /** Whether an event is traced. */
    boolean traces(String eventId) {
        return EventTrace.isSampled(eventId, share);
    }

    /**
     * Does the work of a processor.
     *
     * @param name of the processor
     * @param value that it works on
     * @param attributes of the record, asked for where the work begins
     */
    void during(String name, @Nullable Object value, Supplier<Map<String, String>> attributes, Runnable work) {
        var outer = current.get();
        var now = outer == null ? new Work(name, attributes.get(), nanos()) : outer;
        for (var id : EventTrace.ids(value)) {
            if (now.events.size() < MAX_SPANS && traces(id)) {
                now.events.add(id);
            }
        }
        if (outer != null) {
            work.run();
            return;
        }
        current.set(now);
        now.failed = true;
        try {
            work.run();
            now.failed = false;
        } finally {
            current.remove();
            if (!now.events.isEmpty()) {
                end(now);
            }
        }
    }

    private void end(Work work) {
        long end = nanos();
        for (var id : work.events) {
            var first = EventTrace.firstSpan(id);
            spans.accept(new TraceSpan(
                    id,
                    isFirst
                            ? first
                            : "%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                    isFirst ? null : first,
                    work.name,
                    work.start,
                    end,
                    work.failed,
                    work.attributes));
        }
    }

    private long nanos() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public void close() throws Exception {
        exporter.close();
    }
}
