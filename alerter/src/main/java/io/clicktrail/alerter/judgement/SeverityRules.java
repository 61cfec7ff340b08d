package io.clicktrail.alerter.judgement;

import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.chain.LostCredentials;
import io.clicktrail.alerter.chain.StageNames;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.detection.ContentVerdict;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.FileContent;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.MarkAction;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.ProcessRisk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of severity. Low: contact only. Medium: a risky file, or credentials that were probably entered. High: code
 * ran, or the link is known to be malicious. Critical: both, or code that ran on an important host or account, or
 * before data was sent out, or a campaign.
 */
final class SeverityRules {

    private SeverityRules() {}

    /** The severity, and why. */
    record Result(Severity severity, List<String> reasons) {

        Result {
            reasons = List.copyOf(reasons);
        }
    }

    static Result judge(Chain chain, int devices, AssetImportance importance, Aftermath aftermath) {
        var reasons = new ArrayList<String>();
        boolean executed = chain.firstRun() != null;
        boolean knownBad = chain.knownBad();
        if (executed) {
            reasons.add(howItRan(chain));
        }
        if (knownBad) {
            reasons.add("the link or its domain is known to be malicious");
        }
        chain.preparations().forEach(how -> reasons.add(StageNames.of(how)));
        for (FileContent content : chain.head().getContents()) {
            if (content.getVerdict() == ContentVerdict.MISMATCH) {
                reasons.add(chain.defanger()
                        .prose("the content of " + content.getName() + " is " + content.getMimeType()
                                + ", which does not match its name"));
            }
        }
        for (Evidence write : chain.at(Stage.WRITE)) {
            String risk = riskOf(write, chain.domain());
            if (risk != null && !reasons.contains(risk)) {
                reasons.add(risk);
            }
        }
        LostCredentials.of(chain).forEach(lost -> reasons.add(lost.reason()));
        boolean campaign = devices >= CaseContext.LARGE_CAMPAIGN;
        if (campaign) {
            reasons.add("a campaign: " + devices + " hosts have cases with the same site or file");
        }
        String note = aftermath.note();
        if (note != null) {
            reasons.add(note);
        }
        List<String> worse = executed ? importance.reasons() : List.of();
        reasons.addAll(worse);
        reasons.addAll(aftermath.reasons());
        if (campaign || executed && (knownBad || aftermath.sentData()) || !worse.isEmpty()) {
            return new Result(Severity.CRITICAL, reasons);
        }
        if (executed || knownBad) {
            return new Result(Severity.HIGH, reasons);
        }
        if (!reasons.isEmpty()) {
            return new Result(Severity.MEDIUM, reasons);
        }
        reasons.add(
                chain.has(Stage.WRITE)
                        ? "a file was written, but its type is harmless or its domain is not new"
                        : "suspicious contact, no file was seen");
        return new Result(Severity.LOW, reasons);
    }

    /** True where {@link #judge} would say high or critical, without the cost of its reasons. */
    static boolean high(Detection detection, int devices) {
        return devices >= CaseContext.LARGE_CAMPAIGN
                || Chain.knownBad(Chain.domain(detection, detection.getEvidence()))
                || ran(detection);
    }

    private static boolean ran(Detection detection) {
        for (StageEvidence item : detection.getEvidence()) {
            if (item.getStage() == Stage.EXECUTION && item.getEvidence().getPreparation() == FilePreparation.NONE) {
                return true;
            }
        }
        return false;
    }

    private static String howItRan(Chain chain) {
        boolean tool = false;
        boolean drive = false;
        boolean own = false;
        for (Evidence run : chain.runs()) {
            ProcessRisk process = run.getProcess();
            if (process != null) {
                tool |= process.getLolbin();
                drive |= process.getFromMountedDrive();
                own |= process.getImageUserWritable();
            }
        }
        return "code ran after the click"
                + (own ? ", a program in a user's folder" : "")
                + (tool ? ", by a script host or system tool" : "")
                + (drive ? ", from a mounted drive" : "");
    }

    /** Why the file that was written is risky; null where it is not. */
    private static @Nullable String riskOf(Evidence write, @Nullable DomainRisk domain) {
        FileRisk file = write.getFile();
        MarkAction mark = write.getEvent().getFile() == null
                ? MarkAction.NONE
                : write.getEvent().getFile().getMark();
        if (mark == MarkAction.REMOVED || mark == MarkAction.MISSING) {
            return "the download mark of the file is missing or was removed";
        }
        if (file == null || !file.getUserWritable()) {
            return null;
        }
        if (file.getDeceptiveName()) {
            return "a file with a deceptive name was written to a user's folder";
        }
        if (file.getHighRiskExtension() || runs(file.getExtensionClass())) {
            return "a file that can run or carry code was written to a user's folder";
        }
        if (domain != null && EvidenceFields.newlyObserved(domain)) {
            return "a file from a newly observed domain was written to a user's folder";
        }
        return null;
    }

    private static boolean runs(ExtensionClass kind) {
        return switch (kind) {
            case EXECUTABLE, SCRIPT, CONTAINER, SHORTCUT -> true;
            case NONE, DOCUMENT, OTHER -> false;
        };
    }
}
