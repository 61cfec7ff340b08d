package io.clicktrail.alerter.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Lowering;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.render.AlertOcsfJson;
import io.clicktrail.alerter.render.CaseText;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MitigatingFactorsTest {

    @ParameterizedTest
    @CsvSource({"2750, 'is 2750 ms ahead of that of'", "-310, 'is 310 ms behind that of'"})
    void aClockThatDiffersIsSaidWithItsMeasure(long ahead, String words) {
        Alert alert = Stories.alert(Detection.newBuilder(Stories.executed())
                .setClocks(List.of(new ClockDifference("zeek.http", "windows.sysmon", ahead, 3)))
                .build());

        assertThat(reasons(alert, "clock"))
                .containsExactly(
                        "the clock of zeek.http " + words + " windows.sysmon, measured on 3 events that both saw");
        assertThat(CaseText.of(alert, TextStyle.PLAIN)).contains("the clock of zeek.http " + words);
        assertThat(alert.getDescriptionMd()).contains("the clock of zeek.http " + words);
        assertThat(AlertOcsfJson.of(alert)).contains("the clock of zeek.http " + words);
    }

    @Test
    void clocksThatAgreeAreNotSpokenOf() {
        assertThat(reasons(Stories.alert(Stories.executed()), "clock")).isEmpty();
    }

    @Test
    void anOldListIsNamedAndWeighsOnNothingElse() {
        DomainRisk old = DomainRisk.newBuilder(Stories.lookAlike())
                .setOutdated(List.of("tld of 2025-12-01"))
                .build();
        Alert alert = Stories.alert(Stories.withDomain(Stories.executed(), old));

        assertThat(reasons(alert, "old_list")).containsExactly("the list tld of 2025-12-01 is older than 180 days");
        assertThat(alert.getSeverity())
                .isEqualTo(Stories.alert(Stories.executed()).getSeverity());
        assertThat(CaseText.of(alert, TextStyle.PLAIN)).contains("the list tld of 2025-12-01 is older than 180 days");
    }

    @ParameterizedTest
    @EnumSource(value = TimeQuality.class, names = "EXACT", mode = EnumSource.Mode.EXCLUDE)
    void aTimeThatIsNotExactIsSaidOfItsSource(TimeQuality quality) {
        Detection detection = Stories.withEvidence(
                Stories.executed(),
                Stories.executed().getEvidence().stream()
                        .map(item -> withTime(item, quality))
                        .toList());

        assertThat(reasons(Stories.alert(detection), "uncertain_time"))
                .containsExactly("times of windows.sysmon are not exact", "times of zeek.http are not exact");
    }

    private static StageEvidence withTime(StageEvidence item, TimeQuality quality) {
        Event event = Event.newBuilder(item.getEvidence().getEvent())
                .setTimeQuality(quality)
                .build();
        return new StageEvidence(
                item.getStage(),
                Evidence.newBuilder(item.getEvidence()).setEvent(event).build());
    }

    private static List<String> reasons(Alert alert, String rule) {
        return alert.getLowered().stream()
                .filter(lowering -> lowering.getRule().equals(rule))
                .map(Lowering::getReason)
                .toList();
    }
}
