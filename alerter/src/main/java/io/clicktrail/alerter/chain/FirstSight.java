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
 * When the place of a chain was first seen. Evidence says what was known when it came: another sensor's sight of the
 * same visit may have been on its way. The earliest of them is true of all.
 */
final class FirstSight {

    /** As the enricher, which takes no sight for older than this before its delivery. */
    private static final Duration MOST = Duration.ofHours(1);

    private final String place;
    private final Instant time;

    private FirstSight(String place, Instant time) {
        this.place = place;
        this.time = time;
    }

    /** The detection with a time as the first sight of its place, where that is earlier by little. */
    static Detection in(Detection detection, Instant time) {
        var sight = new FirstSight(detection.getTenantKey(), time);
        List<StageEvidence> evidence =
                detection.getEvidence().stream().map(sight::in).toList();
        return RecordCopy.of(detection)
                .set("domain", sight.in(detection.getDomain()))
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
                        && !time.isBefore(domain.getFirstSeen().minus(MOST))
                ? RecordCopy.of(domain).set("first_seen", time).build()
                : domain;
    }
}
