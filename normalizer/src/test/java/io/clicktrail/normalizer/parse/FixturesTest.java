package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each format's written cases, traps included, give exactly the events written with them. */
class FixturesTest {

    private final TestNormalizer reader = new TestNormalizer();

    @TestFactory
    Stream<DynamicTest> readsEveryCaseAsItIsWritten() {
        return Fixture.all().stream()
                .map(fixture -> DynamicTest.dynamicTest(
                        fixture.format() + ": " + fixture.name(),
                        () -> assertThat(facts(reader.read(fixture.raw()))).isEqualTo(fixture.expected())));
    }

    @Test
    void hasAWholeEventForEveryFormat() {
        Set<String> formats = Fixture.all().stream()
                .filter(fixture -> fixture.expected().getFirst().startsWith("{")
                        || fixture.format().startsWith("ignored."))
                .map(Fixture::format)
                .collect(Collectors.toSet());

        assertThat(formats)
                .isEqualTo(
                        Formats.of(InputLimits.DEFAULT).all().map(Format::name).collect(Collectors.toSet()));
    }

    private static List<String> facts(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Normalized normalized -> {
                List<String> facts = new ArrayList<>();
                normalized.events().forEach(event -> facts.add(EventFacts.of(event)));
                normalized.faults().forEach(fault -> facts.add("rejected " + fault.reason()));
                yield facts;
            }
            case Outcome.Ignored ignored -> List.of("ignored " + ignored.dataset());
            case Outcome.Rejected rejected -> List.of("rejected " + rejected.reason());
            case Outcome.Partial partial ->
                List.of("partial " + partial.pieces().size());
        };
    }
}
