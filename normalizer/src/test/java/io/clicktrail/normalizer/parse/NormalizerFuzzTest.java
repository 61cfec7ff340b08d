package io.clicktrail.normalizer.parse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clicktrail.normalizer.mapping.MappingFile;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes for every parser and envelope. In the build it reads the seeds and what once failed ({@code
 * NormalizerFuzzTestInputs} among the resources); with {@code JAZZER_FUZZ=1} in the environment Jazzer looks for new
 * inputs, guided by coverage, for ten minutes.
 */
class NormalizerFuzzTest {

    private static final String TEN_MINUTES = "10m";
    private static final String MAPPING = "name: ";
    private static final InputInvariants TRIAL = InputInvariants.warm(FuzzSeeds.all());

    @MethodSource("seeds")
    @FuzzTest(maxDuration = TEN_MINUTES)
    void givesOneOutcomeInBoundedTimeAndMemory(byte[] value) {
        TRIAL.run(value);
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.startsWith(MAPPING)) {
            MappingFile.parse("fuzz", text);
        }
    }

    static Stream<byte[]> seeds() {
        return FuzzSeeds.all().stream();
    }
}
