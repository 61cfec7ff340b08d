package io.clicktrail.correlator.detection;

import io.clicktrail.correlator.chain.AbsentStage;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.ChainLink;
import io.clicktrail.correlator.chain.EvidenceLookup;
import io.clicktrail.correlator.chain.StepResult.Revision;
import io.clicktrail.correlator.decision.ChainVerdict;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.schemas.RecordCopy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the detection that is emitted for a revision of a chain. */
public final class DetectionBuilder {

    private DetectionBuilder() {}

    /** The detection of a revision of a chain on a host. */
    public static Detection of(String host, Revision revision, EvidenceLookup lookup) {
        var chain = revision.chain();
        var members = ScoreParts.agreed(chain.members().stream()
                .map(member -> new StageEvidence(member.stage(), lookup.of(member.id())))
                .toList());
        boolean isClicked = members.stream().anyMatch(placed -> isClick(placed) && leadsTo(chain.tenantKey(), placed));
        var nearby = members.stream()
                .filter(placed -> isClicked && isClick(placed) && !leadsTo(chain.tenantKey(), placed))
                .toList();
        var evidence = nearby.isEmpty()
                ? members
                : members.stream().filter(placed -> !nearby.contains(placed)).toList();
        var links = chain.links().stream().map(link -> link(link, lookup)).toList();
        var missing = chain.missing().stream().map(DetectionBuilder::missing).toList();
        var domain = riskOf(chain.tenantKey(), evidence);
        var detection = Detection.newBuilder()
                .setDetectionId(DetectionId.of(host, chain))
                .setRevision(chain.revision())
                .setChange(revision.change())
                .setAnalyticId(ChainDefinition.analyticOf(chain.platform()))
                .setHost(host)
                .setPlatform(chain.platform())
                .setUser(userOf(evidence))
                .setTenantKey(chain.tenantKey())
                .setDomain(domain)
                .setEvidence(evidence)
                .setEvidenceTotal(chain.total() - nearby.size())
                .setLinks(links)
                .setMissing(missing)
                .setNearbyClicks(nearby.stream().map(StageEvidence::getEvidence).toList())
                .setDecision(decision(chain.judgement()))
                .setConfidence(Confidence.of(links, domain == null ? 0 : domain.getScore(), missing))
                .setFirstEventTime(evidence.getFirst().getEvidence().getEvent().getTime())
                .setLastEventTime(instant(chain.last()))
                .setDetectedTime(instant(chain.detected()))
                .setWindowMs(chain.windows().window())
                .setFollowOnMs(chain.windows().followOn())
                .setSkewMs(chain.windows().skew())
                .setClocks(ClockSkew.differences(
                        evidence, Duration.ofMillis(chain.windows().skew())))
                .setContents(FileContents.of(evidence))
                .setTuningVersion(evidence.getFirst().getEvidence().getTuningVersion())
                .setContentHash("")
                .build();
        return RecordCopy.of(detection)
                .set("content_hash", ContentHash.of(detection))
                .build();
    }

    private static boolean isClick(StageEvidence placed) {
        return placed.getStage() == Stage.CLICK;
    }

    private static boolean leadsTo(String tenantKey, StageEvidence placed) {
        var domain = placed.getEvidence().getDomain();
        return domain != null && domain.getTenantKey().equals(tenantKey);
    }

    private static @Nullable Decision decision(ChainVerdict verdict) {
        return verdict.equals(ChainVerdict.NONE)
                ? null
                : new Decision(
                        verdict.score(),
                        verdict.threshold(),
                        verdict.parts().stream()
                                .map(scored -> new DecisionPart(
                                        scored.part().label(),
                                        scored.points(),
                                        scored.part().meaning()))
                                .toList(),
                        verdict.weightsVersion());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Link link(ChainLink link, EvidenceLookup lookup) {
        var from = link.from();
        var to = link.to();
        return new Link(
                from.stage(),
                lookup.of(from.id()).getEvent().getEventId(),
                to.stage(),
                lookup.of(to.id()).getEvent().getEventId(),
                link.grade(),
                LinkDescriptions.of(
                        link.grade(),
                        from.stage(),
                        to.stage(),
                        lookup.of(to.id()).getPreparation()));
    }

    private static MissingStage missing(AbsentStage missing) {
        return new MissingStage(missing.stage(), missing.reason());
    }

    /** The highest risk that was judged, of equal ones the earliest. */
    private static @Nullable DomainRisk riskOf(String tenantKey, List<StageEvidence> evidence) {
        DomainRisk highest = null;
        for (var placed : evidence) {
            var risk = placed.getEvidence().getDomain();
            if (risk != null
                    && risk.getTenantKey().equals(tenantKey)
                    && (highest == null || risk.getScore() > highest.getScore())) {
                highest = risk;
            }
        }
        return highest;
    }

    /** The user of the earliest click that has one, else of the next stage, by name where the chain shows it. */
    private static @Nullable String userOf(List<StageEvidence> evidence) {
        for (var stage : Stage.values()) {
            for (var placed : evidence) {
                if (placed.getStage() == stage && placed.getEvidence().getUser() != null) {
                    return nameOf(placed.getEvidence().getUser(), evidence);
                }
            }
        }
        return null;
    }

    /** The name that another event of the chain has for a uid or SID; the id itself where none has. */
    private static String nameOf(String user, List<StageEvidence> evidence) {
        for (var placed : evidence) {
            var event = placed.getEvidence().getEvent();
            var name = placed.getEvidence().getUser();
            if (name != null
                    && !name.equals(user)
                    && event.getUser() != null
                    && user.equalsIgnoreCase(event.getUser().getId())) {
                return name;
            }
        }
        return user;
    }
}
