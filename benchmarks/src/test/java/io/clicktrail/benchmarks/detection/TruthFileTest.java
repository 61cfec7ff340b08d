package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsWhatItWrites() throws Exception {
        List<Label> labels = new DetectionWorkload(7, 40, List.of(Half.values()), null)
                .invent()
                .labels();

        assertThat(TruthFile.read(file(TruthFile.text(labels)))).isEqualTo(labels);
    }

    @Test
    void needsFourColumnsAndTakesThemInAnyOrder() throws Exception {
        List<Label> labels =
                TruthFile.read(file("host\ttier\tto\tfrom\nws-1\t2\t2026-09-02T10:05:00Z\t2026-09-02T10:00:00Z\n\n"));

        assertThat(labels).hasSize(1);
        assertThat(labels.getFirst().tier()).isEqualTo(2);
        assertThat(labels.getFirst().marks()).isEmpty();
    }

    @Test
    void namesTheLineOfAMistake() throws Exception {
        Path file = file("tier\thost\tfrom\tto\n1\tws-1\tnoon\t2026-09-02T10:00:00Z\n");

        assertThatThrownBy(() -> TruthFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("truth.tsv:2:");
    }

    @Test
    void refusesATierThatDoesNotExist() throws Exception {
        Path file = file("tier\thost\tfrom\tto\n4\tws-1\t2026-09-02T09:00:00Z\t2026-09-02T10:00:00Z\n");

        assertThatThrownBy(() -> TruthFile.read(file)).hasMessageContaining("tier 4 is not 0 to 3");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("truth.tsv"), text);
    }
}
