package io.clicktrail.enricher.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import io.clicktrail.evidence.FilePreparation;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePreparationsTest {

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/chmod, chmod +x a.sh, MADE_EXECUTABLE",
        "/bin/chmod, chmod -R u=rwx a.sh, MADE_EXECUTABLE",
        "/usr/bin/chmod, chmod 0755 a.sh, MADE_EXECUTABLE",
        "/usr/bin/chmod, chmod 644 a.sh, NONE",
        "/usr/bin/chmod, chmod -x a.sh, NONE",
        "/usr/bin/xattr, xattr -d com.apple.quarantine a.dmg, MARK_REMOVED",
        "/usr/bin/xattr, xattr -cr a.app, MARK_REMOVED",
        "/usr/bin/xattr, xattr -l a.dmg, NONE",
        "/home/anna/Downloads/a.AppImage, ./a.AppImage -d, NONE"
    })
    void distinguishesWhatPreparesAFileFromWhatRunsIt(String image, String commandLine, FilePreparation preparation) {
        Event event = event(EventKind.PROCESS_START)
                .setProcess(Process.newBuilder()
                        .setExecutable(image)
                        .setCommandLine(commandLine)
                        .build())
                .build();

        assertThat(FilePreparations.of(event)).isEqualTo(preparation);
    }

    @ParameterizedTest
    @CsvSource({
        "FILE_MODE, 0755, NONE, MADE_EXECUTABLE",
        "FILE_MODE, 0644, NONE, NONE",
        "FILE_MARK,, REMOVED, MARK_REMOVED",
        "FILE_MARK,, SET, NONE",
        "FILE_WRITE, 0755, NONE, NONE"
    })
    void aNewModeOrTheLossOfTheMarkPreparesAFile(
            EventKind kind, String mode, MarkAction mark, FilePreparation preparation) {
        Event event = event(kind)
                .setFile(File.newBuilder()
                        .setPath("/home/anna/a.sh")
                        .setName("a.sh")
                        .setMode(mode)
                        .setMark(mark)
                        .build())
                .build();

        assertThat(FilePreparations.of(event)).isEqualTo(preparation);
    }

    private static Event.Builder event(EventKind kind) {
        return Event.newBuilder()
                .setEventId("00000000000000000000000000000001")
                .setTime(Instant.EPOCH)
                .setKind(kind)
                .setSource(new Source("test", "raw", 0, 0L, "00", 0));
    }
}
