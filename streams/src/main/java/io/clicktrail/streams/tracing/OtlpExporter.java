package io.clicktrail.streams.tracing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends spans by OTLP over HTTP, as JSON, in batches and beside the work of the service. A collector that is slow or
 * away costs spans, never events: what does not fit is dropped and counted in the log.
 */
final class OtlpExporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);

    private static final int MAX_WAITING = 8192;
    private static final int MAX_BATCH = 512;
    private static final Duration LINGER = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** Kind of a span that works on a record of a topic. */
    private static final int CONSUMER = 5;

    private static final int ERROR = 2;

    private final URI endpoint;
    private final List<Map<String, Object>> resource;
    private final BlockingQueue<TraceSpan> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Thread sender;
    private volatile boolean closed;
    private long nextWarning = System.nanoTime();

    OtlpExporter(URI endpoint, String service) {
        this.endpoint = endpoint;
        resource = attributes(Map.of("service.name", service, "service.namespace", "clicktrail"));
        sender = Thread.ofPlatform().name("trace-export").daemon().start(this::send);
    }

    void add(TraceSpan span) {
        if (!waiting.offer(span)) {
            dropped.incrementAndGet();
        }
    }

    private void send() {
        var batch = new ArrayList<TraceSpan>();
        try {
            while (!closed || !waiting.isEmpty()) {
                var first = waiting.poll(LINGER.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MAX_BATCH - 1);
                    post(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(List<TraceSpan> batch) throws InterruptedException {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(message(batch))))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                warn(batch.size(), "status " + status);
            }
        } catch (IOException e) {
            warn(batch.size(), e.toString());
        }
    }

    private void warn(int lost, String reason) {
        long all = dropped.addAndGet(lost);
        if (System.nanoTime() - nextWarning >= 0) {
            nextWarning = System.nanoTime() + BETWEEN_WARNINGS.toNanos();
            LOG.atWarn()
                    .addKeyValue("endpoint", endpoint)
                    .addKeyValue("dropped", all)
                    .addKeyValue("reason", reason)
                    .log("Spans could not be sent");
        }
    }

    private Map<String, Object> message(List<TraceSpan> batch) {
        return Map.of(
                "resourceSpans",
                List.of(Map.of(
                        "resource",
                        Map.of("attributes", resource),
                        "scopeSpans",
                        List.of(Map.of(
                                "scope",
                                Map.of("name", "io.clicktrail"),
                                "spans",
                                batch.stream().map(OtlpExporter::fields).toList())))));
    }

    private static Map<String, Object> fields(TraceSpan span) {
        return Map.of(
                "traceId", span.traceId(),
                "spanId", span.spanId(),
                "parentSpanId", span.parentId() == null ? "" : span.parentId(),
                "name", span.name(),
                "kind", CONSUMER,
                "startTimeUnixNano", Long.toString(span.start()),
                "endTimeUnixNano", Long.toString(span.end()),
                "attributes", attributes(span.attributes()),
                "status", span.failed() ? Map.of("code", ERROR) : Map.of());
    }

    private static List<Map<String, Object>> attributes(Map<String, String> values) {
        return values.entrySet().stream()
                .<Map<String, Object>>map(
                        each -> Map.of("key", each.getKey(), "value", Map.of("stringValue", each.getValue())))
                .toList();
    }

    /** Sends what waits, for a moment. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (!sender.join(TIMEOUT)) {
            sender.interrupt();
        }
    }
}
