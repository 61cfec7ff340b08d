package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.benchmarks.detection.log.LogCollector;
import io.clicktrail.event.Event;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionWorkloadTest {
    private static final long SEED = 3;
    private static final int HOSTS = 900;
    private static final LabelledDay DAY = day(SEED, HOSTS);
    private static final Duration CLOCKS = Duration.ofSeconds(12);

    private static LabelledDay day(long seed, int hosts) {
        return new DetectionWorkload(seed, hosts, List.of(Half.values()), null).invent();
    }

    @Test
    void theSameSeedGivesTheSameBytes(@TempDir Path folder) throws Exception {
        day(SEED, 30).write(folder.resolve("one"));
        day(SEED, 30).write(folder.resolve("two"));

        assertThat(contents(folder.resolve("two"))).isEqualTo(contents(folder.resolve("one")));
    }

    @Test
    void anotherSeedGivesAnotherDay(@TempDir Path folder) throws Exception {
        day(SEED, 30).write(folder.resolve("one"));
        day(SEED + 1, 30).write(folder.resolve("two"));

        assertThat(contents(folder.resolve("two"))).isNotEqualTo(contents(folder.resolve("one")));
    }

    @Test
    void theNormalizerUnderstandsEveryRecord() {
        assertThat(DAY.logs().entries())
                .allSatisfy(entry -> assertThat(outcome(entry))
                        .as(entry.text())
                        .isInstanceOfAny(Outcome.Normalized.class, Outcome.Ignored.class));
    }

    @Test
    void everyStoryIsInTheLogsAtItsTimeAndHostAndUnderItsUser() {
        Map<String, List<Event>> byHost = new HashMap<>();
        for (Event event : events()) {
            keys(event)
                    .forEach(key -> byHost.computeIfAbsent(key, name -> new ArrayList<>())
                            .add(event));
        }

        assertThat(DAY.labels()).allSatisfy(label -> {
            List<Event> own = Stream.of(label.shortHost(), label.address(), label.user())
                    .flatMap(key -> byHost.getOrDefault(key, List.of()).stream())
                    .filter(event -> between(event.getTime(), label))
                    .toList();
            assertThat(own).as(label.toString()).isNotEmpty();
            if (label.hostile()) {
                assertThat(own.stream().map(Event::toString).collect(Collectors.joining()))
                        .as(label.toString())
                        .contains(host(label.marks().getFirst()));
            }
        });
    }

    @Test
    void everyHostileStoryShowsAnEgressAndAWriteOrAnExecution() {
        assertThat(hostile()).filteredOn(label -> !isOfCredentials(label)).allSatisfy(label -> {
            assertThat(label.stages()).as(label.toString()).contains("egress");
            assertThat(label.stages().contains("write") || label.stages().contains("execution"))
                    .as(label.toString())
                    .isTrue();
            assertThat(label.tier())
                    .as(label.toString())
                    .isEqualTo(label.stages().contains("execution") ? 2 : 1);
        });
    }

    @Test
    void aStoryOfCredentialsShowsAClickAndNoFile() {
        assertThat(hostile())
                .filteredOn(DetectionWorkloadTest::isOfCredentials)
                .isNotEmpty()
                .allSatisfy(label -> assertThat(label.stages())
                        .as(label.toString())
                        .contains("click")
                        .doesNotContain("write", "execution"));
    }

    private static boolean isOfCredentials(Label label) {
        return label.kind().startsWith("credentials-");
    }

    @Test
    void everyKindIsPlayed() {
        assertThat(DAY.labels())
                .extracting(label -> label.platform() + " " + label.kind())
                .containsAll(Stream.concat(StoryKinds.hostile().stream(), StoryKinds.ordinary().stream())
                        .map(kind -> kind.system().label() + " " + kind.name())
                        .toList());
    }

    @Test
    void hostileStoriesComeFromAllKindsOfPlacesInAboutEqualParts() {
        Map<String, Long> places =
                hostile().stream().collect(Collectors.groupingBy(Label::place, Collectors.counting()));
        double fair = hostile().size() / (double) DomainKind.HOSTILE.size();

        assertThat(places.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        DomainKind.HOSTILE.stream().map(DomainKind::label).toList());
        assertThat(places.values())
                .allSatisfy(count -> assertThat((double) count).isBetween(0.7 * fair, 1.3 * fair));
    }

    @Test
    void atMostOneStoryHappensAtAHost() {
        assertThat(DAY.labels()).extracting(Label::host).doesNotHaveDuplicates();
    }

    @Test
    void placesThatAreNewAreNotAmongTheKnownOnes() {
        assertThat(hostile().stream()
                        .filter(label -> List.of("new", "risky", "lookalike").contains(label.place()))
                        .map(label -> label.marks().getFirst()))
                .doesNotContainAnyElementsOf(DAY.seen());
        assertThat(hostile().stream()
                        .filter(label -> label.place().equals("old-site"))
                        .map(label -> label.marks().getFirst().replace("www.", "")))
                .isSubsetOf(DAY.seen());
    }

    @Test
    void everyHostileKindNamesItsSourceWithADate() {
        assertThat(StoryKinds.hostile())
                .hasSizeGreaterThanOrEqualTo(40)
                .allSatisfy(kind -> assertThat(kind.source()).as(kind.name()).matches(".*\\b20[12][0-9]\\b.*"));
    }

    @Test
    void bothHalvesHoldKindsOfEverySystem() {
        for (OperatingSystem system : OperatingSystem.values()) {
            for (Half half : Half.values()) {
                assertThat(StoryKinds.hostile())
                        .as(system + " " + half)
                        .filteredOn(kind -> kind.system() == system && kind.half() == half)
                        .hasSizeGreaterThanOrEqualTo(5);
            }
        }
    }

    @Test
    void onlyTheKindsOfTheAskedHalfArePlayed() {
        assertThat(new DetectionWorkload(SEED, 40, List.of(Half.FIT), null)
                        .invent()
                        .labels())
                .extracting(Label::half)
                .containsOnly("fit");
    }

    @Test
    void onlyMachinesOfTheAskedPlatformAreInvented() {
        assertThat(new DetectionWorkload(SEED, 40, List.of(Half.values()), OperatingSystem.LINUX)
                        .invent()
                        .labels())
                .extracting(Label::platform)
                .containsOnly("linux");
    }

    private static List<Label> hostile() {
        return DAY.labels().stream().filter(Label::hostile).toList();
    }

    private static Map<String, String> contents(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            var contents = new HashMap<String, String>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
            return contents;
        }
    }

    private static List<Event> events() {
        return DAY.logs().entries().stream()
                .flatMap(entry ->
                        outcome(entry) instanceof Outcome.Normalized read ? read.events().stream() : Stream.empty())
                .toList();
    }

    private static final Normalizer NORMALIZER = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);

    private static Outcome outcome(LogCollector.Entry entry) {
        return NORMALIZER.normalize(
                entry.text().getBytes(StandardCharsets.UTF_8),
                new RawCoordinates("", 0, 0, entry.at().toEpochMilli()));
    }

    private static List<String> keys(Event event) {
        var keys = new ArrayList<String>();
        if (event.getHost() != null) {
            keys.add(Label.shortName(event.getHost().getName()));
        }
        if (event.getClient() != null && event.getClient().getIp() != null) {
            keys.add(event.getClient().getIp());
        }
        if (event.getUser() != null && event.getUser().getEmail() != null) {
            keys.add(event.getUser().getEmail().toLowerCase(Locale.ROOT));
        }
        return keys;
    }

    private static boolean between(Instant at, Label label) {
        return !at.isBefore(label.from().minus(CLOCKS))
                && !at.isAfter(label.to().plus(CLOCKS));
    }

    private static String host(String mark) {
        return mark.contains("/") ? mark.substring(0, mark.indexOf('/')) : mark;
    }
}
