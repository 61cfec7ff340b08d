package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.DeliveryOrder;
import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.Timelines;
import io.clicktrail.correlator.testing.Timelines.Drawn;
import io.clicktrail.correlator.testing.Timelines.Expected;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.event.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every timeline of chains.spec; those without delays also in the opposite order of arrival. */
class ChainSpecTest {

    private static final Path SPEC = Path.of("src/test/resources/chains.spec");

    private static final Set<String> KINDS = Set.of(
            "match",
            "window",
            "window over",
            "follow-on",
            "reverse",
            "other user",
            "other host",
            "pid reuse",
            "decoy",
            "late",
            "late execution",
            "early",
            "duplicate",
            "skew",
            "skew over",
            "missing sensor",
            "hand-off",
            "rename",
            "image",
            "archive",
            "allowed network",
            "shared hosting",
            "self-update",
            "developer",
            "webmail",
            "completed",
            "not withdrawn");

    @Test
    void drawsEveryKindOfTimelineForEachPlatform() throws IOException {
        var shown = new EnumMap<Platform, Set<String>>(Platform.class);
        for (var drawn : Timelines.read(SPEC)) {
            for (var host : drawn.deliveries().keySet()) {
                shown.computeIfAbsent(Timelines.platformOf(host), none -> new TreeSet<>())
                        .addAll(drawn.shows());
            }
        }

        assertThat(shown).containsOnlyKeys(Platform.WINDOWS, Platform.LINUX, Platform.MACOS);
        assertThat(shown.values()).allSatisfy(kinds -> assertThat(kinds).containsExactlyInAnyOrderElementsOf(KINDS));
    }

    @TestFactory
    Stream<DynamicTest> findsWhatIsDrawn() throws IOException {
        return Timelines.read(SPEC).stream()
                .map(drawn -> DynamicTest.dynamicTest(drawn.name(), sourceOf(drawn), () -> check(drawn)));
    }

    @TestFactory
    Stream<DynamicTest> findsTheSameFromTheLastFactToTheFirst() throws IOException {
        return Timelines.read(SPEC).stream()
                .filter(drawn -> drawn.ordinary() && span(drawn).compareTo(Duration.ofHours(2)) < 0)
                .map(drawn -> DynamicTest.dynamicTest(drawn.name(), sourceOf(drawn), () -> checkReversed(drawn)));
    }

    private static URI sourceOf(Drawn drawn) {
        return URI.create(SPEC.toUri() + "?line=" + drawn.line());
    }

    private static Duration span(Drawn drawn) {
        return Duration.between(EvidenceDraft.NINE_O_CLOCK, lastDelivery(drawn));
    }

    private static Instant lastDelivery(Drawn drawn) {
        return drawn.deliveries().values().stream()
                .flatMap(Collection::stream)
                .map(DeliveryOrder::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static void check(Drawn drawn) {
        var found = new ArrayList<Expected>();
        drawn.deliveries().forEach((host, deliveries) -> {
            var replay = replay(host, drawn).deliver(deliveries).passToTheEnd();
            found.addAll(found(host, replay, drawn.expected()));
            assertThat(replay.state().isEmpty()).as("nothing is left").isTrue();
        });
        assertThat(found).containsExactlyInAnyOrderElementsOf(drawn.expected());
    }

    private static void checkReversed(Drawn drawn) {
        var allAt = lastDelivery(drawn);
        drawn.deliveries().forEach((host, deliveries) -> {
            var inOrder = replay(host, drawn).deliver(deliveries).passToTheEnd();
            var reversed = replay(host, drawn);
            deliveries.reversed().forEach(delivery -> reversed.deliver(allAt, delivery.evidence()));
            assertThat(hashes(reversed.passToTheEnd())).isEqualTo(hashes(inOrder));
        });
    }

    private static Replay replay(String host, Drawn drawn) {
        return new Replay(host, ChainDefinition.builtIn(Timelines.platformOf(host)), drawn.sensors());
    }

    private static List<String> hashes(Replay replay) {
        return replay.finalDetections().values().stream()
                .map(detection -> detection.getDetectionId() + " " + detection.getContentHash())
                .toList();
    }

    private static List<Expected> found(String host, Replay replay, List<Expected> expected) {
        return replay.finalDetections().values().stream()
                .map(detection -> found(host, detection, expected))
                .toList();
    }

    /** The detection in the words of the spec; what the spec does not say of it is left out. */
    private static Expected found(String host, Detection detection, List<Expected> expected) {
        var members = namesOf(detection);
        var like = expected.stream()
                .filter(each -> each.host().equals(host)
                        && each.tenant().equals(detection.getTenantKey())
                        && each.members().equals(members))
                .findFirst();
        boolean saysGrades = like.isPresent() && !like.get().grades().isEmpty();
        boolean saysRevisions = like.isPresent() && like.get().revisions() != 0;
        return new Expected(
                host,
                detection.getTenantKey(),
                members,
                saysGrades
                        ? detection.getLinks().stream()
                                .map(Link::getGrade)
                                .map(Enum::name)
                                .toList()
                        : List.of(),
                detection.getMissing().stream()
                        .collect(Collectors.toMap(
                                MissingStage::getStage, MissingStage::getReason, (a, b) -> a, TreeMap::new)),
                saysRevisions ? detection.getRevision() : 0);
    }

    private static Set<String> namesOf(Detection detection) {
        var names = new TreeSet<String>();
        for (var placed : detection.getEvidence()) {
            names.add(
                    nameOf(detection.getHost(), placed.getEvidence().getEvent().getEventId()));
        }
        return names;
    }

    private static String nameOf(String host, String eventId) {
        for (char kind : new char[] {'c', 'e', 'w', 'x'}) {
            for (int number = 1; number < 10; number++) {
                var name = "" + kind + number;
                if (EvidenceDraft.eventId(host, name).equals(eventId)) {
                    return name;
                }
            }
        }
        throw new AssertionError("no event has the id " + eventId);
    }
}
