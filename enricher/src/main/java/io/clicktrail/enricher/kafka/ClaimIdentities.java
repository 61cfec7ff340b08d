package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.Claims;
import io.clicktrail.enricher.lists.Recent;
import io.clicktrail.event.Event;
import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes which host an event shows an address or user on. A claim that says nothing new is published again only after
 * ten minutes of event time; what was published is remembered in memory alone, as a repeated claim changes nothing.
 */
public final class ClaimIdentities implements Processor<String, Event, String, Lease> {

    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final int REMEMBERED_CLAIMS = 50_000;

    private final Recent<Claim, Instant> published = new Recent<>(REMEMBERED_CLAIMS);
    private ProcessorContext<String, Lease> context;

    @Override
    public void init(ProcessorContext<String, Lease> given) {
        context = given;
    }

    @Override
    public void process(Record<String, Event> record) {
        for (Lease lease : Claims.of(record.value())) {
            if (isNews(lease)) {
                context.forward(record.withKey(lease.getKey()).withValue(lease));
            }
        }
    }

    private boolean isNews(Lease lease) {
        var claim = new Claim(lease.getKey(), lease.getHost());
        Instant last = published.get(claim);
        boolean news = lease.getUntil() != null
                || last == null
                || Duration.between(last, lease.getFrom()).abs().compareTo(REFRESH) >= 0;
        if (news) {
            published.put(claim, lease.getFrom());
        }
        return news;
    }

    private record Claim(String key, String host) {}
}
