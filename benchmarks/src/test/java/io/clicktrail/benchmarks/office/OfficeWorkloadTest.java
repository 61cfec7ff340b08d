package io.clicktrail.benchmarks.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.detection.Stage;
import io.clicktrail.event.Platform;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeWorkloadTest {

    private static final long SEED = 5;
    private static final int DESKS = 500;
    private static final Set<String> NEW = Stream.concat(OfficeWorkload.NEW_KEYS.stream(), Stream.of(Attack.DOMAIN))
            .collect(Collectors.toSet());

    private final InProcessPipeline pipeline = new InProcessPipeline(NEW);

    @Test
    void emitsNoChainForAnHourOfOrdinaryWorkAtFiveHundredDesks() {
        var office = new OfficeWorkload(SEED);
        var emitted = new ArrayList<String>();
        long events = 0;
        for (int number = 0; number < DESKS; number++) {
            var hour = office.hourAt(number);
            events += hour.size();
            for (var chain :
                    pipeline.chainsOf(OfficeWorkload.nameOf(number), OfficeWorkload.platformOf(number), hour)) {
                emitted.add(OfficeWorkload.nameOf(number) + " " + chain.tenantKey() + " " + chain.members());
            }
        }

        assertThat(events).isGreaterThan(100_000);
        assertThat(pipeline.evidence())
                .as("the hour must give the correlation something to do")
                .isGreaterThan(5_000);
        assertThat(emitted).as("seed %s", SEED).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.bbc.co.uk",
                "\\Downloads\\budget.xlsx",
                "wusa.exe",
                "GoogleUpdate.exe",
                "GoogleUpdater",
                "\\Teams\\Update.exe",
                "zoom.us",
                "apt-get",
                "Homebrew",
                "npm",
                "pip install",
                "rustup",
                "git pull",
                "corpbackup.blob.core.windows.net",
                "ccmcache"
            })
    void theHourHolds(String what) {
        var office = new OfficeWorkload(SEED);

        assertThat(IntStream.range(0, 20).boxed().flatMap(number -> office.hourAt(number).stream()))
                .anyMatch(event -> event.toString().contains(what.replace("\\", "\\\\")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {"WINDOWS", "LINUX", "MACOS"})
    void findsTheFourStagesOfAMaliciousLink(Platform platform) {
        var emitted = pipeline.chainsOf("desk", platform, new Attack(platform).events());

        assertThat(emitted).isNotEmpty();
        var last = emitted.getLast();
        assertThat(last.tenantKey()).isEqualTo(Attack.DOMAIN);
        assertThat(last.platform()).isEqualTo(platform);
        assertThat(last.complete()).isTrue();
        assertThat(last.missing()).isEmpty();
        assertThat(last.links())
                .extracting(link -> link.to().stage())
                .containsExactly(Stage.EGRESS, Stage.WRITE, Stage.EXECUTION);
    }
}
