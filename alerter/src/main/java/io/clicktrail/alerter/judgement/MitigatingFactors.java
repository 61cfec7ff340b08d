package io.clicktrail.alerter.judgement;

import io.clicktrail.alert.Lowering;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.StageNames;
import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.ScorePart;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What argues against a chain: an analyst must see it next to what argues for it. */
final class MitigatingFactors {

    private MitigatingFactors() {}

    static List<Lowering> of(Chain chain, Prevalence prevalence) {
        Set<Lowering> lowered = new LinkedHashSet<>();
        DomainRisk domain = chain.domain();
        if (domain != null) {
            score(domain, lowered);
        }
        if (prevalence.hasCommonFile()) {
            lowered.add(new Lowering(
                    "prevalent_file", prevalence.file() + " other hosts have had the file for a week or longer"));
        }
        if (prevalence.hasCommonSigner()) {
            lowered.add(new Lowering(
                    "prevalent_signer",
                    prevalence.signer() + " other hosts have run programs of its signer for a week or longer"));
        }
        for (Link link : chain.links()) {
            if (weak(link.getGrade())) {
                lowered.add(new Lowering(
                        "weak_link",
                        StageNames.of(link.getToStage()) + " is linked to "
                                + StageNames.of(link.getFromStage()) + " only by "
                                + StageNames.of(link.getGrade())));
            }
        }
        for (MissingStage missing : chain.missing()) {
            lowered.add(new Lowering(
                    "missing_stage",
                    StageNames.of(missing.getStage()) + ": "
                            + StageNames.of(missing.getReason(), chain.head().getPlatform(), missing.getStage())));
        }
        for (ClockDifference clock : chain.head().getClocks()) {
            lowered.add(new Lowering(
                    "clock",
                    "the clock of " + clock.getDataset() + " is " + Math.abs(clock.getAheadMs()) + " ms "
                            + (clock.getAheadMs() < 0 ? "behind" : "ahead of") + " that of " + clock.getAgainst()
                            + ", measured on " + clock.getSightings() + " events that both saw"));
        }
        for (StageEvidence item : chain.evidence()) {
            identity(item.getEvidence(), lowered);
        }
        var prose = new ArrayList<Lowering>(lowered.size());
        for (Lowering lowering : lowered) {
            prose.add(new Lowering(lowering.getRule(), chain.defanger().prose(lowering.getReason())));
        }
        return prose;
    }

    private static void score(DomainRisk domain, Set<Lowering> lowered) {
        if (domain.getAllowList() != null) {
            lowered.add(new Lowering("allow_list", domain.getAllowList()));
        }
        for (ScorePart part : domain.getParts()) {
            if (part.getPoints() < 0 && !part.getName().equals("allow_list")) {
                lowered.add(new Lowering(part.getName(), part.getEvidence()));
            }
        }
        for (String list : domain.getOutdated()) {
            lowered.add(new Lowering("old_list", "the list " + list + " is older than 180 days"));
        }
        for (String input : domain.getMissing()) {
            lowered.add(new Lowering("input_missing", input + " added no points: it was not available"));
        }
    }

    private static void identity(Evidence evidence, Set<Lowering> lowered) {
        if (!evidence.getOtherHosts().isEmpty()) {
            lowered.add(new Lowering(
                    "shared_address",
                    "network evidence may belong to " + String.join(", ", evidence.getOtherHosts()) + " instead"));
        }
        if (evidence.getHostVia() == HostVia.UNRESOLVED) {
            lowered.add(new Lowering("unresolved_host", "no host is known for " + evidence.getHost()));
        }
        TimeQuality quality = evidence.getEvent().getTimeQuality();
        if (quality != TimeQuality.EXACT) {
            lowered.add(new Lowering(
                    "uncertain_time",
                    "times of " + evidence.getEvent().getSource().getDataset() + " are not exact"));
        }
    }

    private static boolean weak(LinkGrade grade) {
        return switch (grade) {
            case SAME_PROCESS, ARTIFACT, SAME_APPLICATION -> false;
            case SAME_USER, VIA_ADDRESS, SAME_HOST -> true;
        };
    }
}
