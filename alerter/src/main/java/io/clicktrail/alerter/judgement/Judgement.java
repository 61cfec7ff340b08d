package io.clicktrail.alerter.judgement;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alert.Impact;
import io.clicktrail.alert.Lowering;
import io.clicktrail.alert.RiskLevel;
import io.clicktrail.alert.ScoreLine;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Severity, confidence and risk of a chain. Severity says how bad it is if it is true, confidence how sure we are; risk
 * is their product, weighted by the importance of the host and the account.
 *
 * @param confidence 0-100
 * @param risk 0-100
 */
public record Judgement(
        Severity severity,
        List<String> severityReasons,
        int confidence,
        ConfidenceBand confidenceBand,
        int risk,
        RiskLevel riskLevel,
        Impact impact,
        List<ScoreLine> breakdown,
        List<Lowering> lowered) {

    public Judgement {
        severityReasons = List.copyOf(severityReasons);
        breakdown = List.copyOf(breakdown);
        lowered = List.copyOf(lowered);
    }

    private static final int MAX_NAME = 40;
    private static final int MAX_RISK = 100;

    /**
     * The judgement of a chain.
     *
     * @param devices hosts of its campaign, this one counted
     * @param importance importance of its host and its account
     */
    public static Judgement of(Chain chain, int devices, AssetImportance importance) {
        return of(chain, devices, importance, Aftermath.of(chain, CaseContext.none(chain.head())), Prevalence.NONE);
    }

    /**
     * @param aftermath what followed the click and makes it worse
     * @param prevalence how common the file and its signer are here
     */
    public static Judgement of(
            Chain chain, int devices, AssetImportance importance, Aftermath aftermath, Prevalence prevalence) {
        SeverityRules.Result result = SeverityRules.judge(chain, devices, importance, aftermath);
        int confidence = Math.clamp(chain.head().getConfidence() - prevalence.loss(), 0, 100);
        int risk = Math.min(
                MAX_RISK, (weight(result.severity()) * confidence * importance.riskPercent() + 5_000) / 10_000);
        return new Judgement(
                result.severity(),
                result.reasons(),
                confidence,
                band(confidence),
                risk,
                riskLevel(risk),
                impact(chain),
                breakdown(chain),
                MitigatingFactors.of(chain, prevalence));
    }

    /**
     * True for a chain that is high or critical, from the detection itself. In a burst every detection is checked with
     * it before its case is written.
     *
     * @param devices hosts of its campaign, this one counted
     */
    public static boolean high(Detection detection, int devices) {
        return SeverityRules.high(detection, devices);
    }

    /** Points of a severity in a risk score: Elastic's values for low, medium, high and critical. */
    public static int weight(Severity severity) {
        return switch (severity) {
            case UNKNOWN, INFORMATIONAL -> 0;
            case LOW -> 21;
            case MEDIUM -> 47;
            case HIGH -> 73;
            case CRITICAL, FATAL -> 99;
        };
    }

    static ConfidenceBand band(int confidence) {
        return confidence >= 70 ? ConfidenceBand.HIGH : confidence >= 40 ? ConfidenceBand.MEDIUM : ConfidenceBand.LOW;
    }

    static RiskLevel riskLevel(int risk) {
        if (risk >= 80) {
            return RiskLevel.CRITICAL;
        }
        if (risk >= 60) {
            return RiskLevel.HIGH;
        }
        return risk >= 40 ? RiskLevel.MEDIUM : risk >= 20 ? RiskLevel.LOW : RiskLevel.INFO;
    }

    private static Impact impact(Chain chain) {
        if (chain.firstRun() != null) {
            return Impact.HIGH;
        }
        return chain.has(Stage.WRITE) ? Impact.MEDIUM : Impact.LOW;
    }

    private static List<ScoreLine> breakdown(Chain chain) {
        DomainRisk domain = chain.domain();
        if (domain == null) {
            return List.of();
        }
        String event = judgedIn(chain, domain);
        var lines = new ArrayList<ScoreLine>();
        for (ScorePart part : domain.getParts()) {
            lines.add(ScoreLine.newBuilder()
                    .setScore("domain")
                    .setSignal(SafeText.clip(chain.defanger().prose(part.getName()), MAX_NAME))
                    .setPoints(part.getPoints())
                    .setEvidence(chain.defanger().prose(part.getEvidence()))
                    .setEventId(event)
                    .setListVersion(part.getListVersion())
                    .build());
        }
        return lines;
    }

    private static @Nullable String judgedIn(Chain chain, DomainRisk domain) {
        for (StageEvidence item : chain.evidence()) {
            DomainRisk risk = item.getEvidence().getDomain();
            if (risk != null
                    && risk.getTenantKey().equals(domain.getTenantKey())
                    && risk.getScore() == domain.getScore()) {
                return item.getEvidence().getEvent().getEventId();
            }
        }
        return null;
    }
}
