package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Source;
import io.clicktrail.event.TimeQuality;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDraftTest {

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, C:\\Windows\\explorer.exe, C:\\x, WINDOWS",
        "UNKNOWN, /usr/bin/curl, /home/ada/k, LINUX",
        "UNKNOWN, /usr/bin/curl, /Users/ada/k, MACOS",
        "UNKNOWN, /usr/bin/curl, /tmp/k, UNKNOWN",
        "MACOS, /usr/lib/tool, /home/ada/k, MACOS"
    })
    void takesThePlatformFromThePathsWhereTheSensorNamesNone(
            Platform logged, String program, String file, Platform expected) {
        var event = new EventDraft("sensor", EventKind.FILE_WRITE)
                .host(Hosts.of("ws-1", logged, null))
                .process(new ProcessDraft().executable(program).build())
                .file(new FileDraft(FilePath.ofHost(file)).build())
                .build(
                        "id",
                        new EventTime(0, TimeQuality.EXACT),
                        TimeQuality.EXACT,
                        new Source("sensor", "raw", 0, 0L, "", 0));

        assertThat(event.getHost().getPlatform()).isEqualTo(expected);
    }
}
