package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.RecentClaims;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.event.Event;
import io.clicktrail.identity.Lease;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the leases that an event implies and that are {@linkplain RecentClaims news}: which host had an address or
 * a user at its time, and the other names of the host. What was published is remembered in memory alone and forgotten
 * with an aborted transaction, since a repeated lease changes nothing. A lease of a host that is named otherwise than
 * by its qualified name comes with a question for that name, which the host's own leases answer.
 */
public final class ClaimIdentities implements Processor<String, Event, String, Lease> {

    private final SharedAddresses shared;
    private RecentClaims claims;
    private ProcessorContext<String, Lease> context;

    public ClaimIdentities(SharedAddresses shared) {
        this.shared = shared;
    }

    @Override
    public void init(ProcessorContext<String, Lease> given) {
        context = given;
        claims = new RecentClaims(shared);
    }

    @Override
    public void process(Record<String, Event> record) {
        for (Lease claim : claims.news(record.value())) {
            context.forward(record.withKey(claim.getKey()).withValue(claim));
            @Nullable Lease question = LeaseClaims.question(claim);
            if (question != null) {
                context.forward(record.withKey(question.getKey()).withValue(question));
            }
        }
    }
}
