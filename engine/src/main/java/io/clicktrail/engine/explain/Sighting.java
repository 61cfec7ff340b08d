package io.clicktrail.engine.explain;

import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.PlaceNovelty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the subject that names a place.
 *
 * @param place tenant key
 * @param score of the place, 0-100
 * @param trusted why the place is trusted and the event no egress, null where it is not
 */
public record Sighting(
        Instant time, String place, int score, @Nullable String trusted) {

    static @Nullable Sighting of(Evidence evidence) {
        DomainRisk domain = evidence.getDomain();
        return domain == null || evidence.getMovedTo() != null || evidence.getWithdrawn()
                ? null
                : new Sighting(
                        evidence.getEvent().getTime(), domain.getTenantKey(), domain.getScore(), trusted(domain));
    }

    private static @Nullable String trusted(DomainRisk domain) {
        if (domain.getInternal()) {
            return "it is inside the organisation";
        }
        if (domain.getAllowList() != null) {
            return "the allow-list covers it: " + domain.getAllowList();
        }
        if (domain.getParts().stream().anyMatch(part -> part.getName().equals("popular"))) {
            return "it is on the list of popular names";
        }
        if (domain.getNovelty() == PlaceNovelty.KNOWN || domain.getNovelty() == PlaceNovelty.NOT_ASKED) {
            return "it is known here, or ordinary";
        }
        return null;
    }
}
