package io.clicktrail.alerter.chain;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.RecordCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the place of a chain was first seen. Evidence says what was known when it arrived, while another sensor's record
 * of the same visit may have been on its way. The earliest time holds for all evidence of the chain.
 */
final class FirstSeenTime {

    /** As in the enricher, which takes no event for older than this before its delivery. */
    private static final Duration MAX_EARLIER = Duration.ofHours(1);

    private final String place;
    private final Instant time;

    private FirstSeenTime(String place, Instant time) {
        this.place = place;
        this.time = time;
    }

    /** The detection with this as the time of first seen of its place, where that is earlier, by at most an hour. */
    static Detection in(Detection detection, Instant time) {
        var firstSeen = new FirstSeenTime(detection.getTenantKey(), time);
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
        return domain != null
                        && domain.getTenantKey().equals(place)
                        && domain.getFirstSeen() != null
                        && time.isBefore(domain.getFirstSeen())
                        && !time.isBefore(domain.getFirstSeen().minus(MAX_EARLIER))
                ? RecordCopy.of(domain).set("first_seen", time).build()
                : domain;
    }
}
