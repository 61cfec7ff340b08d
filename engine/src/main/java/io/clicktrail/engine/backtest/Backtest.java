package io.clicktrail.engine.backtest;

import io.clicktrail.alert.Alert;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.Detection;
import io.clicktrail.engine.backtest.CaseChange.Kind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the cases that two settings make of the same logs. A case has the same id under both, since ids come of
 * host, place and time and not of scores, so cases are compared one by one.
 *
 * <p>Why a case is there under one setting only is read from the chain as the other setting scores it below its
 * threshold.
 */
public final class Backtest {

    private Backtest() {}

    /**
     * The differences, those that disappear first, then in the order of the cases.
     *
     * @param before open cases by the old setting
     * @param after open cases by the new setting
     * @param belowBefore chains by detection id with the old setting and ChainScore 1
     * @param belowAfter the same with the new setting
     * @param thresholds ChainScore of the old and the new setting for a chain
     */
    public static List<CaseChange> compare(
            List<Alert> before,
            List<Alert> after,
            Map<String, Detection> belowBefore,
            Map<String, Detection> belowAfter,
            Thresholds thresholds) {
        Map<String, Alert> old = byId(before);
        Map<String, Alert> now = byId(after);
        var changes = new ArrayList<CaseChange>();
        old.forEach((id, alert) -> {
            if (!now.containsKey(id)) {
                changes.add(new CaseChange(
                        Kind.DISAPPEARS, alert, null, why(alert, belowAfter.get(id), thresholds.after(alert))));
            }
        });
        now.forEach((id, alert) -> {
            Alert was = old.get(id);
            if (was == null) {
                changes.add(new CaseChange(
                        Kind.APPEARS, null, alert, why(alert, belowBefore.get(id), thresholds.before(alert))));
            } else if (was.getEscalation().getTier() != alert.getEscalation().getTier()) {
                changes.add(new CaseChange(Kind.TIER, was, alert, differences(was, alert)));
            } else if (was.getSeverity() != alert.getSeverity()) {
                changes.add(new CaseChange(Kind.SEVERITY, was, alert, differences(was, alert)));
            }
        });
        changes.sort(Comparator.comparing((CaseChange change) -> change.kind() != Kind.DISAPPEARS)
                .thenComparing(CaseChange::kind)
                .thenComparing(change -> change.shown().getFirstEventTime())
                .thenComparing(change -> change.shown().getAlertId()));
        return changes;
    }

    /** ChainScore of both settings, by the platform of a case. */
    public interface Thresholds {

        int before(Alert alert);

        int after(Alert alert);
    }

    /** Why a case is not there under a setting that scores the chain as given. */
    private static List<String> why(Alert alert, @Nullable Detection elsewhere, int threshold) {
        if (elsewhere == null || elsewhere.getDecision() == null) {
            return List.of("without it no chain is left: a stage is no evidence any more");
        }
        var reasons = new ArrayList<String>();
        Decision decision = elsewhere.getDecision();
        reasons.add(
                decision.getScore() >= threshold
                        ? "the chain is part of another case, or held back"
                        : "the chain scores " + decision.getScore() + ", ChainScore is " + threshold);
        if (alert.getDecision() != null) {
            partsThatDiffer(alert.getDecision(), decision, reasons);
        }
        domain(alert.getDomain(), elsewhere.getDomain(), reasons);
        return reasons;
    }

    private static List<String> differences(Alert was, Alert is) {
        var reasons = new ArrayList<String>();
        if (was.getDecision() != null && is.getDecision() != null) {
            partsThatDiffer(was.getDecision(), is.getDecision(), reasons);
        }
        domain(was.getDomain(), is.getDomain(), reasons);
        if (!was.getStagesMatched().equals(is.getStagesMatched())) {
            reasons.add("stages " + was.getStagesMatched() + " become " + is.getStagesMatched());
        }
        if (!was.getEscalation().getReasons().equals(is.getEscalation().getReasons())) {
            reasons.add("escalation: " + String.join(", ", is.getEscalation().getReasons()));
        }
        return reasons;
    }

    private static void partsThatDiffer(Decision one, Decision other, List<String> reasons) {
        differ(
                one.getParts().stream()
                        .collect(Collectors.toMap(DecisionPart::getName, DecisionPart::getPoints, Integer::sum)),
                other.getParts().stream()
                        .collect(Collectors.toMap(DecisionPart::getName, DecisionPart::getPoints, Integer::sum)),
                "",
                reasons);
    }

    private static void domain(@Nullable DomainRisk one, @Nullable DomainRisk other, List<String> reasons) {
        differ(points(one), points(other), "place: ", reasons);
        String entry = other == null ? null : other.getAllowList();
        if (entry != null && (one == null || !entry.equals(one.getAllowList()))) {
            reasons.add("allow-list: " + entry);
        }
    }

    private static Map<String, Integer> points(@Nullable DomainRisk domain) {
        return domain == null
                ? Map.of()
                : domain.getParts().stream()
                        .collect(Collectors.toMap(ScorePart::getName, ScorePart::getPoints, Integer::sum));
    }

    private static void differ(
            Map<String, Integer> one, Map<String, Integer> other, String what, List<String> reasons) {
        var all = new TreeMap<>(one);
        all.putAll(other);
        all.keySet().forEach(name -> {
            Integer was = one.get(name);
            Integer is = other.get(name);
            if (was == null) {
                reasons.add(what + name + " " + is + " is new");
            } else if (is == null) {
                reasons.add(what + name + " " + was + " is gone");
            } else if (!was.equals(is)) {
                reasons.add(what + name + " " + was + " becomes " + is);
            }
        });
    }

    private static Map<String, Alert> byId(List<Alert> cases) {
        var byId = new LinkedHashMap<String, Alert>();
        cases.forEach(alert -> byId.put(alert.getAlertId(), alert));
        return byId;
    }

    /**
     * The places that make most cases.
     *
     * @param most at most so many
     */
    public static List<Map.Entry<String, Long>> busiest(List<Alert> cases, int most) {
        var counts = new HashMap<String, Long>();
        cases.forEach(alert -> counts.merge(alert.getTenantKey(), 1L, Long::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
    }
}
