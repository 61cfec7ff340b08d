package io.clicktrail.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final String WRITE = "clicktrail.archives.write";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @AfterEach
    void writeAgain() {
        System.clearProperty(WRITE);
    }

    @Test
    void isWrittenAtExitAndThenUsed() throws Exception {
        assertThat(names()).contains("-XX:ArchiveClassesAtExit").doesNotContain("-XX:SharedArchiveFile");

        Files.createFile(folder.resolve("broker-" + Runtime.version() + ".jsa"));

        assertThat(names()).contains("-XX:SharedArchiveFile").doesNotContain("-XX:ArchiveClassesAtExit");
    }

    @Test
    void isUsedButNotWrittenWhereTheCommandIsShort() throws Exception {
        System.setProperty(WRITE, "false");

        assertThat(names()).doesNotContain("-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit");

        Files.createFile(folder.resolve("broker-" + Runtime.version() + ".jsa"));

        assertThat(names()).contains("-XX:SharedArchiveFile");
    }

    private List<String> names() {
        return ClassArchive.in(folder, "broker").options().stream()
                .map(option -> option.split("=", 2)[0])
                .toList();
    }
}
