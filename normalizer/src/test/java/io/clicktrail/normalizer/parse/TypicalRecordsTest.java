package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TypicalRecordsTest {

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void hasARecordForEveryFormat() {
        assertThat(TypicalRecords.all().keySet().stream().map(name -> name.split(" ", 2)[0]))
                .containsAll(Formats.of(InputLimits.DEFAULT)
                        .all()
                        .map(Format::name)
                        .filter(format -> !format.startsWith("ignored."))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> holdsOnlyRecordsThatGiveEvents() {
        return TypicalRecords.all().entrySet().stream()
                .map(record -> DynamicTest.dynamicTest(
                        record.getKey(),
                        () -> assertThat(reader.read(record.getValue()))
                                .isInstanceOfAny(Outcome.Normalized.class, Outcome.Partial.class)));
    }
}
