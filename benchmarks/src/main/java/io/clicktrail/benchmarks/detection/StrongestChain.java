package io.clicktrail.benchmarks.detection;

import io.clicktrail.correlator.chain.ChainCorrelation;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.EventId;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.correlator.chain.StepResult;
import io.clicktrail.correlator.detection.DetectionBuilder;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How near a story without a case was to one: the decision over its strongest chain. A correlator of its own, for which
 * every score is enough, finds it.
 */
final class StrongestChain {
    private static final int MIN_SCORE = 1;
    private static final Sensors NO_SENSORS = (stage, until) -> OptionalLong.empty();

    private final ChainDefinition definition;
    private final String host;
    private final Map<EventId, Evidence> kept = new HashMap<>();
    private final List<Detection> found = new ArrayList<>();
    private HostState state = HostState.EMPTY;

    private StrongestChain(ChainDefinition definition, String host) {
        this.definition = definition;
        this.host = host;
    }

    /** The strongest chain among evidence of one host, of those to the places; null where there is none at all. */
    static @Nullable Detection of(List<Evidence> evidence, List<String> places) {
        if (evidence.isEmpty()) {
            return null;
        }
        Evidence first = evidence.getFirst();
        var chain = new StrongestChain(ofAnyScore(ChainDefinition.builtIn(first.getPlatform())), first.getHost());
        evidence.stream().sorted(Comparator.comparing(StrongestChain::timeOf)).forEach(chain::take);
        chain.finish(ChainCorrelation.expire(
                chain.definition, chain.state, timeOf(evidence.getLast()).plus(ChainDefinition.QUIET), NO_SENSORS));
        return chain.found.stream()
                .filter(detection -> detection.getDecision() != null && places.contains(detection.getTenantKey()))
                .max(Comparator.comparingInt(
                        detection -> detection.getDecision().getScore()))
                .orElse(null);
    }

    private static ChainDefinition ofAnyScore(ChainDefinition builtIn) {
        return new ChainDefinition(
                builtIn.platform(),
                builtIn.analyticId(),
                builtIn.window(),
                builtIn.followOn(),
                builtIn.skew(),
                builtIn.grace(),
                builtIn.strongScore(),
                MIN_SCORE,
                builtIn.weights());
    }

    private static Instant timeOf(Evidence evidence) {
        return evidence.getEvent().getTime();
    }

    private void take(Evidence evidence) {
        Instant at = timeOf(evidence);
        StepResult step = ChainCorrelation.step(definition, state, evidence, this::stored, at, at, NO_SENSORS);
        step.keep().ifPresent(each -> kept.put(EventId.of(each.getEvent().getEventId()), each));
        finish(step);
    }

    private void finish(StepResult step) {
        for (StepResult.Revision revision : step.revisions()) {
            found.add(DetectionBuilder.of(host, revision, this::stored));
        }
        step.released().forEach(kept::remove);
        state = step.state();
    }

    private Evidence stored(EventId id) {
        return Objects.requireNonNull(kept.get(id));
    }

    /** The parts of a decision in one line, the greatest gain first. */
    static String inWords(Decision decision) {
        return decision.getScore() + ": "
                + decision.getParts().stream()
                        .sorted(Comparator.comparing(part -> -part.getPoints()))
                        .map(part -> part.getName() + " " + part.getPoints())
                        .collect(Collectors.joining(", "));
    }
}
