package io.clicktrail.alerter;

import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.SeenFile;

/** Context facts as the enricher emits them. */
final class TestFacts {

    private TestFacts() {}

    static ContextFact of(String key, Event event) {
        boolean isMail = event.getKind() == EventKind.EMAIL;
        return fact(event, isMail ? ContextKind.EMAIL : ContextKind.SECURITY_ALERT)
                .setHost(isMail ? null : key)
                .setEmail(event.getEmail())
                .setSecurityAlert(event.getSecurityAlert())
                .build();
    }

    static ContextFact of(Evidence evidence) {
        return fact(evidence.getEvent(), ContextKind.SIGHTING)
                .setHost(evidence.getHost())
                .setUser(evidence.getUser())
                .setTenantKey(
                        evidence.getDomain() == null
                                ? null
                                : evidence.getDomain().getTenantKey())
                .setSha256(SeenFile.sha256(evidence))
                .build();
    }

    private static ContextFact.Builder fact(Event event, ContextKind kind) {
        return ContextFact.newBuilder()
                .setKind(kind)
                .setEventId(event.getEventId())
                .setTime(event.getTime())
                .setDataset(event.getSource().getDataset());
    }
}
