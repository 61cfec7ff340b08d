package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.CaseScoring.Case;
import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person reads of a run; the figures are its last line. */
final class Report {
    private static final Duration SPAN = Duration.ofMinutes(15);

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void print(CaseScoring judgement, DayPlayback playback, int hosts) {
        judgement.missed().stream()
                .sorted(Comparator.comparing(Label::kind).thenComparing(Label::host))
                .forEach(label -> missed(label, playback.evidence()));
        judgement.falseCases().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().first()))
                .forEach(each -> falseCase(each.getKey(), each.getValue()));
        judgement.found().entrySet().stream()
                .filter(each -> each.getKey().tier() != each.getValue().tier())
                .sorted(Comparator.comparing(each -> each.getKey().kind()))
                .forEach(each -> out.printf(
                        Locale.ROOT,
                        "wrong tier  %s  %s  %s (%s): %d instead of %d: %s%n        %s%n",
                        each.getKey().kind(),
                        each.getKey().place(),
                        each.getKey().host(),
                        each.getKey().sensors(),
                        each.getValue().tier(),
                        each.getKey().tier(),
                        each.getValue().title(),
                        each.getValue().decision()));
        table("half", Label::half, judgement);
        table("platform", Label::platform, judgement);
        table("kind of place", Label::place, judgement);
        table("kind of story", Label::kind, judgement);
        table("sensors", Label::sensors, judgement);
        out.printf(
                Locale.ROOT,
                "%n%,d events, %,d of them evidence (%.1f %%); %s; %d further cases of stories that have one%n",
                playback.events(),
                playback.evidence().size(),
                100.0 * playback.evidence().size() / Math.max(1, playback.events()),
                playback.counts().line(),
                judgement.duplicates().size());
        out.println(Scores.of(judgement).line(hosts));
    }

    private void table(String title, Function<Label, String> attribute, CaseScoring judgement) {
        out.printf(
                Locale.ROOT, "%n%-42s %7s %7s %7s %9s %6s%n", title, "stories", "recall", "false", "precision", "tier");
        for (Map.Entry<String, Scores> each : Scores.by(attribute, judgement).entrySet()) {
            Scores scores = each.getValue();
            out.printf(
                    Locale.ROOT,
                    "%-42s %7d %7.2f %7d %9.2f %6.2f%n",
                    each.getKey(),
                    scores.hostile(),
                    scores.recall(),
                    scores.falseCases(),
                    scores.precision(),
                    scores.tierAccuracy());
        }
    }

    private void missed(Label label, List<Evidence> evidence) {
        List<Evidence> own =
                evidence.stream().filter(each -> isAbout(each, label)).toList();
        out.printf(
                Locale.ROOT,
                "missed  %s  %s  %s (%s)  %s  logs show %s; evidence: %s%n",
                label.kind(),
                label.place(),
                label.host(),
                label.sensors(),
                label.from(),
                label.stages(),
                stages(label, own));
        own.stream()
                .collect(Collectors.groupingBy(Evidence::getHost))
                .forEach((host, pieces) -> strongest(label, host, pieces));
    }

    private void strongest(Label label, String host, List<Evidence> pieces) {
        Detection strongest = StrongestChain.of(pieces, label.marks());
        if (strongest != null) {
            out.printf(
                    Locale.ROOT,
                    "        %s, %s, %s%n",
                    host,
                    strongest.getTenantKey(),
                    StrongestChain.inWords(strongest.getDecision()));
        }
    }

    private static boolean isAbout(Evidence evidence, Label label) {
        Instant at = evidence.getEvent().getTime();
        return CaseScoring.isHost(evidence.getHost(), label)
                && at.isAfter(label.from().minus(SPAN))
                && at.isBefore(label.to().plus(SPAN));
    }

    /** Which stages became evidence under which key, and the scores of the story's places. */
    private static String stages(Label label, List<Evidence> own) {
        var counts = new TreeMap<String, Integer>();
        for (Evidence piece : own) {
            DomainRisk domain = piece.getDomain();
            String place = domain != null && label.marks().stream().anyMatch(mark -> same(mark, domain.getTenantKey()))
                    ? " of " + domain.getTenantKey() + " " + domain.getScore()
                    : "";
            String key = piece.getHost().contains(":") ? "@" + piece.getHost() : "";
            piece.getRoles().stream()
                    .filter(role -> role != Role.LINEAGE)
                    .forEach(role -> counts.merge(role.name().toLowerCase(Locale.ROOT) + key + place, 1, Integer::sum));
        }
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(each -> each.getKey() + " x" + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static boolean same(String mark, String place) {
        return !place.isEmpty() && (mark.endsWith(place) || place.endsWith(mark) || place.contains(mark));
    }

    private void falseCase(Case found, @Nullable Label label) {
        out.printf(
                Locale.ROOT,
                "false  %s  %s  tier %d  %s: %s%n        %s%n",
                label == null ? "background" : label.kind() + " (" + label.sensors() + ")",
                found.host(),
                found.tier(),
                found.first(),
                found.title(),
                found.decision());
    }
}
