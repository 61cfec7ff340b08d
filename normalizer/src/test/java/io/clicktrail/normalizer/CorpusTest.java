package io.clicktrail.normalizer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.assembly.Bounds;
import io.clicktrail.normalizer.assembly.FileAssembly;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Real samples, where their folder stands beside the project: nothing throws, and what is supported is recognised. */
@EnabledIf("hasCorpus")
class CorpusTest {

    private static final Path CORPUS = Path.of(System.getProperty("clicktrail.root", ".."), "..", "shared", "corpus");
    private static final int NO_FAULTS = 0;

    private final Normalizer normalizer = new Normalizer(Limits.DEFAULT, ZoneOffset.UTC);

    static boolean hasCorpus() {
        return Files.isDirectory(CORPUS);
    }

    @Test
    void readsEveryFileOfTheCorpusWithoutThrowing() throws IOException {
        Map<String, Tally> tallies = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String folder = CORPUS.relativize(file).getName(0).toString();
                read(file, tallies.computeIfAbsent(folder, absent -> new Tally()));
            }
        }
        tallies.forEach((folder, tally) -> System.out.printf("%-34s %s%n", folder, tally));

        assertThat(tally(tallies, "windows-event-json-evtxdump").rejected).isEqualTo(NO_FAULTS);
        assertThat(tally(tallies, "windows-event-json-evtxdump").events).isGreaterThanOrEqualTo(56);
        assertThat(tally(tallies, "windows-event-xml").events).isGreaterThanOrEqualTo(15);
        assertThat(tally(tallies, "zeek-json").events).isGreaterThanOrEqualTo(8);
        assertThat(tally(tallies, "zeek-json-wrapped").events).isGreaterThanOrEqualTo(15);
        assertThat(tally(tallies, "squid").events).isEqualTo(2);
        assertThat(tally(tallies, "microsoft-defender-alert").events).isEqualTo(2);
        assertThat(tally(tallies, "crowdstrike-fdr").events).isGreaterThanOrEqualTo(43);
        assertThat(tally(tallies, "sentinelone").rejected).isEqualTo(NO_FAULTS);
        assertThat(tally(tallies, "proofpoint-tap").events).isEqualTo(35);
        assertThat(tally(tallies, "azure-signin").rejected).isEqualTo(NO_FAULTS);
        assertThat(tally(tallies, "cisco-esa").rejected).isEqualTo(NO_FAULTS);
        assertThat(tally(tallies, "okta").reasons.keySet())
                .as("redacted times, and rows that are no System Log")
                .containsExactlyInAnyOrder("BAD_TIME/okta", "UNKNOWN_FORMAT/json");
    }

    private static Tally tally(Map<String, Tally> tallies, String folder) {
        return requireNonNull(tallies.get(folder), folder);
    }

    private void read(Path file, Tally tally) throws IOException {
        RawCoordinates at = new RawCoordinates(file.toString(), 0, 0, RawCoordinates.UNKNOWN_DELIVERY);
        byte[] value = Files.readAllBytes(file);
        Outcome outcome = normalizer.normalize(value, at);
        tally.add(outcome);
        if (outcome instanceof Outcome.Partial partial) {
            var assembly = new FileAssembly(
                    Normalizer.assembler(Limits.DEFAULT, ZoneOffset.UTC, Bounds.DEFAULT), Bounds.DEFAULT);
            assembly.take(partial, value, at).forEach(settled -> tally.add(settled.outcome()));
            assembly.finish().forEach(settled -> tally.add(settled.outcome()));
        }
    }

    /** What became of a folder's documents. */
    private static final class Tally {
        private int events;
        private int ignored;
        private int rejected;
        private final Map<String, Integer> reasons = new TreeMap<>();

        void add(Outcome outcome) {
            switch (outcome) {
                case Outcome.Normalized normalized -> {
                    events += normalized.events().size();
                    ignored += normalized.skipped().size();
                    normalized.faults().forEach(this::reject);
                }
                case Outcome.Ignored unused -> ignored++;
                case Outcome.Rejected rejection -> reject(rejection);
                case Outcome.Partial partial -> {
                    if (partial.rest() != null) {
                        add(partial.rest());
                    }
                }
            }
        }

        private void reject(Outcome.Rejected rejection) {
            rejected++;
            reasons.merge(rejection.reason() + "/" + rejection.format(), 1, Integer::sum);
        }

        @Override
        public String toString() {
            return "events " + events + " ignored " + ignored + " rejected " + rejected + " " + List.of(reasons);
        }
    }
}
