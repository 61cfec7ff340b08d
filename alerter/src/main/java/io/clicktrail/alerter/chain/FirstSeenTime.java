package io.clicktrail.alerter.chain;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.RecordCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the places of a chain were first seen. Evidence says what was known when it arrived, while another sensor's
 * record of the same visit may have been on its way. The earliest time holds for all evidence of the chain.
 */
final class FirstSeenTime {

    /** As in the enricher, which takes no event for older than this before its delivery. */
    private static final Duration MAX_EARLIER = Duration.ofHours(1);

    private final Map<String, Instant> times;

    private FirstSeenTime(Map<String, Instant> times) {
        this.times = times;
    }

    /** The detection with these times of first seen of its places, where they are earlier, by at most an hour. */
    static Detection in(Detection detection, Map<String, Instant> times) {
        if (times.isEmpty()) {
            return detection;
        }
        var firstSeen = new FirstSeenTime(times);
        List<StageEvidence> evidence =
                detection.getEvidence().stream().map(firstSeen::in).toList();
        return RecordCopy.of(detection)
                .set("domain", firstSeen.in(detection.getDomain()))
                .set("evidence", evidence)
                .build();
    }

    private StageEvidence in(StageEvidence item) {
        @Nullable DomainRisk domain = item.getEvidence().getDomain();
        @Nullable DomainRisk sooner = in(domain);
        if (sooner == domain) {
            return item;
        }
        Evidence evidence =
                RecordCopy.of(item.getEvidence()).set("domain", sooner).build();
        return new StageEvidence(item.getStage(), evidence);
    }

    private @Nullable DomainRisk in(@Nullable DomainRisk domain) {
        if (domain == null) {
            return null;
        }
        @Nullable Instant time = times.get(domain.getTenantKey());
        @Nullable Instant known = domain.getFirstSeen();
        return time != null && known != null && time.isBefore(known) && !time.isBefore(known.minus(MAX_EARLIER))
                ? RecordCopy.of(domain).set("first_seen", time).build()
                : domain;
    }
}
