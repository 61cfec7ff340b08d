package io.clicktrail.benchmarks.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.raw.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordsTest {

    @TestFactory
    Stream<DynamicTest> everyMeasuredRecordIsRead() {
        return Records.all().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var benchmark = new RecordBenchmark();
                    benchmark.record = name;
                    benchmark.take();

                    assertThat(benchmark.normalize()).isInstanceOf(Outcome.Normalized.class);
                }));
    }
}
