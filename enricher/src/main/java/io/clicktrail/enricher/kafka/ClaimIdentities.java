package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Event;
import io.clicktrail.event.Host;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the leases that an event implies: which host had an address or a user at its time, and the other names of
 * the host. The same lease is published again only after ten minutes of event time. What was published is remembered
 * in memory, for at most {@value #MAX_CLAIMS} leases, since a repeated lease changes nothing. A lease of a host that is
 * named otherwise than by its qualified name comes with a question for that name, which the host's own leases answer.
 */
public final class ClaimIdentities implements Processor<String, Event, String, Lease> {

    /** No host has a blank in its name. */
    private static final String USER_AT = "user ";

    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration REFRESH_NAMES = Duration.ofHours(1);
    private static final int MAX_CLAIMS = 50_000;
    private static final int MAX_HOSTS = 20_000;

    private final SharedAddresses shared;
    private final LruCache<Claim, Instant> published = new LruCache<>(MAX_CLAIMS);
    private final LruCache<Claim, Instant> named = new LruCache<>(MAX_HOSTS);
    private ProcessorContext<String, Lease> context;

    public ClaimIdentities(SharedAddresses shared) {
        this.shared = shared;
    }

    @Override
    public void init(ProcessorContext<String, Lease> given) {
        context = given;
    }

    @Override
    public void process(Record<String, Event> record) {
        Event event = record.value();
        for (Lease lease : LeaseClaims.of(event)) {
            if (isNews(lease) && !isShared(lease.getKey())) {
                claim(record, lease);
            }
        }
        if (event.getTimeQuality() != TimeQuality.SUSPECT && isDue(event)) {
            LeaseClaims.names(event).forEach(name -> claim(record, name));
        }
    }

    private void claim(Record<String, Event> record, Lease claim) {
        context.forward(record.withKey(claim.getKey()).withValue(claim));
        @Nullable Lease question = LeaseClaims.question(claim);
        if (question != null) {
            context.forward(record.withKey(question.getKey()).withValue(question));
        }
    }

    private boolean isShared(String key) {
        return key.startsWith(LeaseClaims.ADDRESS)
                && shared.kindOf(key.substring(LeaseClaims.ADDRESS.length())) != null;
    }

    /** The names of a host change slowly, but each source knows others. */
    private boolean isDue(Event event) {
        @Nullable String name = LeaseClaims.named(event);
        if (name == null) {
            return false;
        }
        @Nullable Host host = event.getHost();
        var known = new Claim(host == null || host.getId() == null ? name : host.getId(), name);
        Instant time = event.getTime();
        Instant last = named.get(known);
        if (last != null && !isApart(last, time, REFRESH_NAMES)) {
            return false;
        }
        named.put(known, time);
        return true;
    }

    private boolean isNews(Lease lease) {
        var claim =
                new Claim(lease.getKey(), LeaseClaims.isPresence(lease) ? USER_AT + lease.getUser() : lease.getHost());
        Instant last = published.get(claim);
        boolean news = lease.getUntil() != null || last == null || isApart(last, lease.getFrom(), REFRESH);
        if (news) {
            published.put(claim, lease.getFrom());
        }
        return news;
    }

    /** To the second, as this is asked of every event. */
    private static boolean isApart(Instant last, Instant time, Duration span) {
        return Math.abs(time.getEpochSecond() - last.getEpochSecond()) >= span.getSeconds();
    }

    private record Claim(String key, String host) {}
}
