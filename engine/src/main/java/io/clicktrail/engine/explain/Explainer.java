package io.clicktrail.engine.explain;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.Stage;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningCheck;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Explains why logs gave a case, or why they gave none.
 *
 * <p>The logs are judged twice: as they are tuned, and with ChainScore 1. The threshold alone decides which paths of a
 * chain are admitted, so the second run shows every chain that was considered with what each part of it was worth, by
 * the same code and without a trace in the first. A proposed change of tuning is put in force in a further run, and
 * said to be verified only if that run gives what it promises.
 *
 * <p>Cost: two to six runs over the logs.
 *
 * @param <E> what reading the logs may throw
 */
public final class Explainer<E extends Exception> {

    static final int MAX_PLACES = 100;

    /** Of one subject; the first ones count. */
    private static final int MAX_PIECES = 100_000;

    private static final int MIN_CHAIN_SCORE = 1;
    private static final int MAX_CHAIN_SCORE = 100;
    private static final Duration ENTRY_LASTS = Duration.ofDays(365);
    private static final Map<String, String> DESCRIBE = Map.of("clicktrail.enricher.enriched-events", "avro");

    private final EngineSettings settings;
    private final Map<Platform, Tuning> tunings = new EnumMap<>(Platform.class);
    private final Playback<E> logs;

    /**
     * @param documents tuning documents in force, the built-in ones for other platforms
     */
    public Explainer(EngineSettings settings, List<Tuning> documents, Playback<E> logs) {
        this.settings = settings;
        this.logs = logs;
        BuiltInTuning.PLATFORMS.forEach(platform -> tunings.put(platform, BuiltInTuning.of(platform)));
        documents.forEach(document -> tunings.put(document.getPlatform(), document));
    }

    /** Judges the logs and explains what became of a subject. */
    public Explanation explain(ChainQuery subject) throws E {
        Explanation explanation = explain(List.of(subject)).getFirst();
        if (subject.caseId() == null && explanation.chains().size() != 1) {
            return explanation;
        }
        var changes = new TreeMap<String, TuningChange>();
        for (JudgedChain chain : explanation.chains()) {
            changes.put(chain.detection().getDetectionId(), change(chain));
        }
        return explanation.with(changes);
    }

    /** Judges the logs twice, and explains what became of each of some subjects; no change of tuning is tried. */
    public List<Explanation> explain(List<ChainQuery> subjects) throws E {
        List<Judged> asTuned = run(settings.with(DESCRIBE), tunings, subjects);
        List<Judged> permissive = run(settings, withChainScore(MIN_CHAIN_SCORE), subjects);
        var explanations = new ArrayList<Explanation>();
        for (int i = 0; i < subjects.size(); i++) {
            explanations.add(explain(asTuned.get(i), permissive.get(i)));
        }
        return explanations;
    }

    private Explanation explain(Judged asTuned, Judged permissive) {
        var chains = new ArrayList<JudgedChain>();
        for (Detection considered : permissive.detections.values()) {
            Detection emitted = asTuned.detections.get(considered.getDetectionId());
            if (considered.getDecision() != null) {
                chains.add(new JudgedChain(
                        emitted == null ? considered : emitted,
                        tuning(considered.getPlatform()).getChainScore(),
                        emitted != null));
            }
        }
        chains.sort(
                Comparator.comparingInt((JudgedChain chain) -> chain.decision().getScore())
                        .reversed()
                        .thenComparing(chain -> chain.detection().getDetectionId()));
        var changes = new TreeMap<String, TuningChange>();
        chains.forEach(chain -> changes.put(chain.detection().getDetectionId(), threshold(chain, false)));
        Set<String> considered =
                chains.stream().map(chain -> chain.detection().getTenantKey()).collect(Collectors.toSet());
        Map<Stage, Integer> stages = PlacesWithoutChain.byStage(asTuned.pieces.values());
        return new Explanation(
                chains,
                stages,
                Stream.of(Stage.values())
                        .filter(stage -> !stages.containsKey(stage))
                        .toList(),
                asTuned.trusted,
                new PlacesWithoutChain(asTuned.pieces.values(), tuning(asTuned.platform)).but(considered),
                changes);
    }

    /** The smallest change that turns the answer for a chain, tried on the logs. */
    private TuningChange change(JudgedChain chain) throws E {
        var byThreshold = threshold(chain, false);
        if (chain.emitted() && chain.decision().getScore() >= MAX_CHAIN_SCORE) {
            TuningChange entry = allowEntry(chain);
            return entry == null ? byThreshold : entry;
        }
        int score = chain.emitted()
                ? chain.decision().getScore() + 1
                : chain.decision().getScore();
        boolean emits = emits(chain, withChainScore(score));
        if (chain.emitted() && emits) {
            TuningChange entry = allowEntry(chain);
            return entry == null ? byThreshold : entry;
        }
        return threshold(chain, emits != chain.emitted());
    }

    private static TuningChange threshold(JudgedChain chain, boolean verified) {
        int score = chain.decision().getScore();
        int needed = chain.emitted() ? Math.min(MAX_CHAIN_SCORE, score + 1) : Math.max(MIN_CHAIN_SCORE, score);
        return new TuningChange(
                "ChainScore: " + needed + "    # is " + chain.threshold(),
                chain.emitted() ? "would silence it, and every chain of the same score" : "would emit it",
                verified);
    }

    /** An allow-list entry with the smallest scope that silences the chain; null where none does. */
    private @Nullable TuningChange allowEntry(JudgedChain chain) throws E {
        Detection detection = chain.detection();
        Instant expires = detection.getLastEventTime().plus(ENTRY_LASTS);
        for (AllowScope scope : AllowScope.values()) {
            Tuning before = tuning(detection.getPlatform());
            var entries = new ArrayList<>(before.getAllowedCdns());
            entries.add(AllowEntry.newBuilder()
                    .setPattern(detection.getTenantKey())
                    .setScope(scope)
                    .setOwner("soc")
                    .setReason("to be filled in")
                    .setExpires(expires)
                    .build());
            Tuning changed = Tuning.newBuilder(before).setAllowedCdns(entries).build();
            if (!TuningCheck.problems(changed, settings.catalogues().rules()).isEmpty()) {
                return null;
            }
            var documents = new EnumMap<>(tunings);
            documents.put(changed.getPlatform(), changed);
            if (!emits(chain, documents)) {
                return new TuningChange(
                        "AllowedCDNs: [{pattern: " + detection.getTenantKey() + ", scope: " + scope
                                + ", owner: .., reason: .., expires: " + expires + "}]",
                        "would silence it, and nothing else than this place",
                        true);
            }
        }
        return null;
    }

    private boolean emits(JudgedChain chain, Map<Platform, Tuning> documents) throws E {
        String id = chain.detection().getDetectionId();
        return run(settings, documents, List.of(ChainQuery.ofCase(id)))
                .getFirst()
                .detections
                .containsKey(id);
    }

    private Tuning tuning(Platform platform) {
        Tuning known = tunings.get(platform);
        return known == null ? BuiltInTuning.of(platform) : known;
    }

    private Map<Platform, Tuning> withChainScore(int score) {
        var changed = new EnumMap<Platform, Tuning>(Platform.class);
        tunings.forEach((platform, document) -> changed.put(
                platform, Tuning.newBuilder(document).setChainScore(score).build()));
        return changed;
    }

    private List<Judged> run(EngineSettings with, Map<Platform, Tuning> documents, List<ChainQuery> subjects) throws E {
        List<Judged> judged = subjects.stream().map(Judged::new).toList();
        try (var engine = new Engine(with)) {
            documents.values().forEach(engine::tune);
            engine.listen(engine.topics().detections(), record -> judged.forEach(each -> each.take(record.value())));
            engine.listen(engine.topics().evidence(), record -> judged.forEach(each -> each.take(record.value())));
            engine.listen(
                    engine.topics().eventsEnriched(), record -> judged.forEach(each -> each.describe(record.value())));
            logs.play(engine);
            engine.finish();
        }
        return judged;
    }

    /** What one run gave of a subject. */
    private static final class Judged {

        private final ChainQuery subject;
        private final Map<String, Detection> detections = new LinkedHashMap<>();
        private final Map<String, PlacesWithoutChain.Piece> pieces = new LinkedHashMap<>();
        private final Map<String, String> trusted = new HashMap<>();
        private Platform platform = Platform.UNKNOWN;

        Judged(ChainQuery subject) {
            this.subject = subject;
        }

        void take(@Nullable Detection detection) {
            if (detection == null || !subject.matches(detection)) {
                return;
            }
            if (detection.getChange() == DetectionChange.CLOSED) {
                detections.remove(detection.getDetectionId());
            } else {
                detections.put(detection.getDetectionId(), detection);
            }
        }

        void take(Evidence evidence) {
            if (!subject.matches(evidence)) {
                return;
            }
            String id = evidence.getEvent().getEventId() + ' ' + evidence.getHost();
            if (evidence.getMovedTo() != null || evidence.getWithdrawn()) {
                pieces.remove(id);
            } else if (pieces.size() < MAX_PIECES) {
                pieces.put(id, PlacesWithoutChain.Piece.of(evidence));
                platform = evidence.getPlatform();
            }
        }

        void describe(Evidence event) {
            Sighting sighting = subject.matches(event) && event.getRoles().isEmpty() ? Sighting.of(event) : null;
            if (sighting != null && sighting.trusted() != null && trusted.size() < MAX_PLACES) {
                trusted.put(sighting.place(), sighting.trusted());
            }
        }
    }
}
