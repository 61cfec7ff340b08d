package io.clicktrail.enricher.kafka;

import io.clicktrail.context.ContextFact;
import io.clicktrail.enricher.evidence.ContextFacts;
import io.clicktrail.enricher.evidence.TransferVolumes;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.evidence.Evidence;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Emits who contacted a place, how much was sent to it, which processes connected to it, and where a file was seen. A
 * sighting of the same host and user, or a connection of the same process, is emitted again only where it is earlier
 * than the last, or an hour of event time later. What was emitted is remembered in memory alone and forgotten with an
 * aborted transaction, since a repeated one changes nothing.
 */
public final class EmitSightings implements Processor<String, Evidence, String, ContextFact> {

    private static final Duration REFRESH = Duration.ofHours(1);
    private static final int MAX_SIGHTINGS = 50_000;
    private static final int MAX_CONNECTIONS = 20_000;

    private LruCache<Sighting, Instant> emitted = new LruCache<>(MAX_SIGHTINGS);
    private LruCache<Connection, Instant> connected = new LruCache<>(MAX_CONNECTIONS);
    private TransferVolumes volumes = new TransferVolumes();
    private ProcessorContext<String, ContextFact> context;

    @Override
    public void init(ProcessorContext<String, ContextFact> given) {
        context = given;
        emitted = new LruCache<>(MAX_SIGHTINGS);
        connected = new LruCache<>(MAX_CONNECTIONS);
        volumes = new TransferVolumes();
    }

    @Override
    public void process(Record<String, Evidence> record) {
        if (record.value() == null
                || record.value().getMovedTo() != null
                || record.value().getWithdrawn()) {
            return;
        }
        @Nullable ContextFact volume = volumes.add(record.value());
        if (volume != null) {
            context.forward(record.withValue(volume));
        }
        @Nullable ContextFact connection = ContextFacts.connection(record.value());
        if (connection != null
                && isNews(
                        connected,
                        new Connection(
                                connection.getHost(),
                                connection.getFollowOn().getEntityId(),
                                connection.getTenantKey()),
                        connection.getTime())) {
            context.forward(record.withValue(connection));
        }
        @Nullable ContextFact fact = ContextFacts.of(record.value());
        if (fact == null) {
            return;
        }
        var sighting =
                new Sighting(fact.getHost(), fact.getUser(), fact.getTenantKey(), fact.getSha256(), fact.getSigner());
        if (isNews(emitted, sighting, fact.getTime())) {
            context.forward(record.withValue(fact));
        }
    }

    private static <K> boolean isNews(LruCache<K, Instant> known, K what, Instant time) {
        @Nullable Instant last = known.get(what);
        if (last != null && !time.isBefore(last) && time.isBefore(last.plus(REFRESH))) {
            return false;
        }
        known.put(what, time);
        return true;
    }

    private record Connection(
            @Nullable String host,
            @Nullable String process,
            @Nullable String place) {}

    private record Sighting(
            @Nullable String host,
            @Nullable String user,
            @Nullable String tenantKey,
            @Nullable String sha256,
            @Nullable String signer) {}
}
