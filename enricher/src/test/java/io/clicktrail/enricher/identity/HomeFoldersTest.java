package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import io.clicktrail.event.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeFoldersTest {

    @ParameterizedTest
    @CsvSource({
        "501, /Users/l.rossi/Downloads/a.dmg, l.rossi",
        "1000, /home/J.Novak/x.sh, j.novak",
        "S-1-5-21-1-2-3-1104, C:\\Users\\Alice\\Downloads\\a.iso, alice"
    })
    void whoWritesIntoAHomeIsItsOwner(String id, String path, String name) {
        assertThat(UserKeys.key(wrote(id, path))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "501, /Users/Shared/a.dmg, 501",
        "501, /private/tmp/a.dmg, 501",
        "0, /Users/l.rossi/Downloads/a.dmg, 0",
        "S-1-5-21-1-2-3-500, C:\\Users\\Alice\\a.iso, s-1-5-21-1-2-3-500",
        "501, /Users, 501"
    })
    void whatIsNobodysHomeAndWhatTheSystemWritesSaysNothing(String id, String path, String key) {
        assertThat(UserKeys.key(wrote(id, path))).isEqualTo(key);
    }

    @Test
    void aNameThatTheSensorLogsCountsBeforeTheFolder() {
        Event named = Event.newBuilder(wrote("501", "/Users/l.rossi/a"))
                .setUser(new User("lucia", null, "501", null))
                .build();

        assertThat(UserKeys.key(named)).isEqualTo("lucia");
    }

    @Test
    void theFolderThatACommandWorksInIsEnough() {
        Event started = Event.newBuilder(wrote("501", null))
                .setProcess(Process.newBuilder()
                        .setWorkingDirectory("/Users/l.rossi")
                        .build())
                .build();

        assertThat(UserKeys.key(started)).isEqualTo("l.rossi");
    }

    private static Event wrote(String id, @Nullable String path) {
        return Event.newBuilder()
                .setEventId("0123456789abcdef0123456789abcdef")
                .setTime(Instant.EPOCH)
                .setKind(EventKind.FILE_WRITE)
                .setSource(new Source("test", "raw", 0, 0L, "00", 0))
                .setUser(new User(null, null, id, null))
                .setFile(
                        path == null
                                ? null
                                : File.newBuilder().setPath(path).setName("a").build())
                .build();
    }
}
