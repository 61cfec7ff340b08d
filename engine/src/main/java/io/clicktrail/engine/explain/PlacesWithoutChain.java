package io.clicktrail.engine.explain;

import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RiskBands;
import io.clicktrail.tuning.Tuning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why there is no chain of places that evidence names: a stage that is lacking near it, a known place, no link. */
final class PlacesWithoutChain {

    /**
     * A piece of evidence in short.
     *
     * @param place tenant key, null where it names none
     * @param isKnown whether the place counts for nothing new, as it is known here and hands out no first program
     */
    record Piece(
            String host,
            Instant time,
            Set<Stage> stages,
            @Nullable String place,
            int score,
            boolean isKnown) {

        static Piece of(Evidence evidence) {
            var stages = EnumSet.noneOf(Stage.class);
            for (Role role : evidence.getRoles()) {
                if (role != Role.LINEAGE && role != Role.SIGN_IN) {
                    stages.add(Stage.valueOf(role.name()));
                }
            }
            @Nullable DomainRisk domain = evidence.getDomain();
            boolean isPlace = domain != null && !domain.getInternal();
            return new Piece(
                    evidence.getHost(),
                    evidence.getEvent().getTime(),
                    stages,
                    isPlace ? domain.getTenantKey() : null,
                    isPlace ? domain.getScore() : 0,
                    isPlace && domain.getNovelty() == PlaceNovelty.KNOWN && !domain.getFirstProgram());
        }
    }

    private final List<Piece> pieces;
    private final Tuning tuning;

    /** @param tuning in force on the subject's platform */
    PlacesWithoutChain(Collection<Piece> pieces, Tuning tuning) {
        this.pieces = List.copyOf(pieces);
        this.tuning = tuning;
    }

    /** The places of the pieces but for some, the highest score first. */
    List<PlaceWithoutChain> but(Set<String> considered) {
        Map<String, List<Piece>> byPlace = new TreeMap<>();
        for (Piece piece : pieces) {
            if (piece.place() != null && !considered.contains(piece.place())) {
                byPlace.computeIfAbsent(piece.place(), absent -> new ArrayList<>())
                        .add(piece);
            }
        }
        return byPlace.entrySet().stream()
                .map(each -> explain(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingInt(PlaceWithoutChain::score)
                        .reversed()
                        .thenComparing(PlaceWithoutChain::place))
                .limit(Explainer.MAX_PLACES)
                .toList();
    }

    /** How many of some pieces can play each stage. */
    static Map<Stage, Integer> byStage(Collection<Piece> some) {
        var counts = new EnumMap<Stage, Integer>(Stage.class);
        some.forEach(piece -> piece.stages().forEach(stage -> counts.merge(stage, 1, Integer::sum)));
        return counts;
    }

    private PlaceWithoutChain explain(String place, List<Piece> own) {
        int score = own.stream().mapToInt(Piece::score).max().orElse(0);
        List<Stage> lacking = lacking(own);
        boolean isKnown = own.stream().allMatch(Piece::isKnown);
        return new PlaceWithoutChain(place, score, byStage(own), lacking, reason(lacking, isKnown, score));
    }

    private String reason(List<Stage> lacking, boolean isKnown, int score) {
        if (!lacking.isEmpty()) {
            return "within the windows around it the host shows no "
                    + lacking.stream()
                            .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", no "));
        }
        int strong = Math.max(RiskBands.HIGH, tuning.getDomainRiskScore());
        if (isKnown && score < strong) {
            return "the place is known here, scores less than " + strong + " and hands out no first program";
        }
        return "nothing links its evidence to the other stages, or the parts that take points away leave none";
    }

    /** The stages that no piece of the same host can play near any of some pieces. */
    private List<Stage> lacking(List<Piece> own) {
        var lacking = EnumSet.allOf(Stage.class);
        long before = tuning.getTimeWindowMs() + tuning.getSkewMs();
        long after = before + tuning.getFollowOnMs();
        for (Piece piece : pieces) {
            boolean isNear = own.stream()
                    .anyMatch(one -> one.host().equals(piece.host())
                            && !piece.time().isBefore(one.time().minusMillis(before))
                            && !piece.time().isAfter(one.time().plusMillis(after)));
            if (isNear) {
                lacking.removeAll(piece.stages());
            }
        }
        return List.copyOf(lacking);
    }
}
