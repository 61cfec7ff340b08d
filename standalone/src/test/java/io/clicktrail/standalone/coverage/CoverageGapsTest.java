package io.clicktrail.standalone.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.event.EventKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CoverageGapsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final CoverageGaps gaps = new CoverageGaps();

    @Test
    void showsWhatWasNeverHeardAndWhatIsSilent() {
        hear("ws-1", EventKind.PROCESS_START, "windows.sysmon", Duration.ofMinutes(3));
        hear("ws-1", EventKind.DNS_QUERY, "windows.sysmon", Duration.ofDays(2));
        hear("ws-1", EventKind.NETWORK_CONNECTION, "windows.sysmon", Duration.ofDays(4));

        assertThat(CoverageGaps.heading()).matches("host +click +egress +write +execution");
        assertThat(gaps.lines(NOW, DAY, false)).singleElement().asString().matches("ws-1 +3 min +2 d ! +never +3 min");
    }

    @Test
    void leavesOutHostsThatSeeEverything() {
        hear("ws-1", EventKind.PROCESS_START, "windows.sysmon", Duration.ofHours(5));
        hear("ws-1", EventKind.DNS_QUERY, "windows.sysmon", Duration.ZERO);
        hear("ws-1", EventKind.FILE_WRITE, "windows.sysmon", Duration.ZERO);

        assertThat(gaps.lines(NOW, DAY, false)).isEmpty();
        assertThat(gaps.lines(NOW, DAY, true)).singleElement().asString().contains("5 h");
    }

    @Test
    void onMacosTheStartOfAProcessShowsNoClick() {
        hear("mac-1", EventKind.PROCESS_START, "macos.eslogger", Duration.ZERO);

        assertThat(gaps.lines(NOW, DAY, false)).singleElement().asString().matches("mac-1 +never +never +never +0 min");
    }

    @Test
    void showsHostsOfTheInventoryOfWhichNothingWasHeard() {
        gaps.expect("WS-9.corp.example");

        assertThat(gaps.hosts()).isEqualTo(1);
        assertThat(gaps.lines(NOW, DAY, false))
                .singleElement()
                .asString()
                .matches("ws-9.corp.example +never +never +never +never");
    }

    private void hear(String host, EventKind kind, String dataset, Duration ago) {
        gaps.add(Coverage.newBuilder()
                .setHost(host)
                .setKind(kind)
                .setDataset(dataset)
                .setLastSeen(NOW.minus(ago))
                .build());
    }
}
