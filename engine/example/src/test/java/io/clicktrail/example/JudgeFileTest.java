package io.clicktrail.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JudgeFileTest {

    @Test
    void findsTheInstallerFromANewPlace() {
        Path file = Path.of("../../standalone/src/test/resources/detections/installer-not-run.log");

        assertThat(JudgeFile.judge(file)).extracting(Alert::getTenantKey).containsExactly("viewer-update.buzz");
    }
}
