package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.RiskLevel;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertOcsfJsonTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @EnumSource(Lifecycle.class)
    void everyLifecycleFollowsTheSchema(Lifecycle lifecycle) {
        for (CaseState state : CaseState.values()) {
            for (ChangeReason reason : ChangeReason.values()) {
                Alert alert = Alert.newBuilder(Stories.alert(Stories.executed()))
                        .setLifecycle(lifecycle)
                        .setState(state)
                        .setChangeReason(reason)
                        .build();

                assertThat(Published.OCSF.errors(AlertOcsfJson.of(alert))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void everySeverityFollowsTheSchema(Severity severity) {
        for (RiskLevel level : RiskLevel.values()) {
            Alert alert = Alert.newBuilder(Stories.alert(Stories.executed()))
                    .setSeverity(severity)
                    .setRiskLevel(level)
                    .build();

            assertThat(Published.OCSF.errors(AlertOcsfJson.of(alert))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN, 0", "INFORMATIONAL, 1", "LOW, 2", "MEDIUM, 3", "HIGH, 4", "CRITICAL, 5", "FATAL, 6"})
    void severityHasOcsfsNumber(Severity severity, int number) {
        assertThat(json(Alert.newBuilder(Stories.alert(Stories.executed()))
                                .setSeverity(severity)
                                .build())
                        .path("severity_id")
                        .asInt())
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN, 0, 200400", "CREATE, 1, 200401", "UPDATE, 2, 200402", "CLOSE, 3, 200403"})
    void typeIsClassTimesHundredPlusActivity(Lifecycle lifecycle, int activity, int type) {
        JsonNode finding = json(Alert.newBuilder(Stories.alert(Stories.executed()))
                .setLifecycle(lifecycle)
                .build());

        assertThat(finding.path("activity_id").asInt()).isEqualTo(activity);
        assertThat(finding.path("type_uid").asInt()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN, 0", "NEW, 1", "IN_PROGRESS, 2", "SUPPRESSED, 3", "RESOLVED, 4", "ARCHIVED, 5", "DELETED, 6"})
    void stateHasOcsfsNumber(CaseState state, int number) {
        assertThat(json(Alert.newBuilder(Stories.alert(Stories.executed()))
                                .setState(state)
                                .build())
                        .path("status_id")
                        .asInt())
                .isEqualTo(number);
    }

    @Test
    void carriesWhatASoarLooksFor() {
        Alert alert = Stories.alert(Stories.executed());

        JsonNode finding = json(alert);

        assertThat(finding.at("/device/hostname").asString()).isEqualTo(Stories.HOST);
        assertThat(finding.at("/finding_info/uid").asString()).isEqualTo(alert.getAlertId());
        assertThat(finding.at("/finding_info/analytic/uid").asString()).isEqualTo("AN0178");
        assertThat(finding.at("/finding_info/attacks/0/sub_technique/uid").asString())
                .isEqualTo("T1204.001");
        assertThat(finding.at("/finding_info/attacks/0/tactic/uid").asString()).isEqualTo("TA0002");
        assertThat(finding.at("/metadata/uid").asString()).isEqualTo(alert.getAlertId() + ":1");
        assertThat(finding.at("/unmapped/det0066/escalation_tier").asInt()).isEqualTo(2);
        assertThat(finding.at("/unmapped/det0066/chain_stages").size()).isEqualTo(4);
        assertThat(finding.at("/evidences/5/process/name").asString()).isEqualTo("wscript.exe");
        assertThat(finding.at("/evidences/5/data/kafka/offset").asLong()).isEqualTo(1010);
        assertThat(finding.at("/time").asLong())
                .isEqualTo(alert.getCreatedTime().toEpochMilli());
    }

    @Test
    void observablesPointIntoTheFinding() {
        JsonNode finding = json(Stories.alert(Stories.executed()));

        for (JsonNode observable : finding.path("observables")) {
            String name = observable.path("name").asString();
            JsonNode target =
                    finding.at("/" + name.replace(".", "/").replace("[", "/").replace("]", ""));

            assertThat(target.isMissingNode()).as(name).isFalse();
        }
    }

    @Test
    void isPlainUtf8WithoutControlCharacters() {
        byte[] value = AlertOcsfJson.of(Stories.alert(HostileText.detection())).getBytes(StandardCharsets.UTF_8);

        assertThat(value[0]).isEqualTo((byte) '{');
        for (byte b : value) {
            assertThat(b < 0 || b >= 0x20).isTrue();
        }
    }

    private static JsonNode json(Alert alert) {
        return JSON.readTree(AlertOcsfJson.of(alert));
    }
}
