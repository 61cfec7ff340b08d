package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.alert.Severity;
import io.clicktrail.alert.Tlp;
import io.clicktrail.alerter.AlerterSettings.DestinationSettings;
import io.clicktrail.alerter.AlerterSettings.PlaybookSettings;
import io.clicktrail.alerter.AlerterSettings.StormSettings;
import io.clicktrail.alerter.assets.AssetInventory;
import io.clicktrail.alerter.assets.HostAsset;
import io.clicktrail.alerter.assets.NamePattern;
import io.clicktrail.alerter.assets.PersonAsset;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.event.Platform;
import io.clicktrail.feedback.FeedbackKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlerterSettingsTest {

    @Test
    void hasDefaultsThatWork() {
        assertThat(bound(Map.of()))
                .isEqualTo(new AlerterSettings(
                        "default",
                        null,
                        "clicktrail",
                        null,
                        Tlp.AMBER,
                        Duration.ofDays(14),
                        Duration.ofDays(30),
                        Duration.ofDays(365),
                        Duration.ofDays(7),
                        Duration.ofHours(4),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(60),
                        20,
                        3,
                        "1.5.0",
                        Set.of(
                                FeedbackKind.ACKNOWLEDGE,
                                FeedbackKind.VERDICT,
                                FeedbackKind.CASE,
                                FeedbackKind.ACTION_RESULT),
                        1,
                        new StormSettings(30, 200, 1000, 10, Duration.ofMinutes(5)),
                        Map.of(),
                        AssetInventory.NONE,
                        List.of()));
    }

    @Test
    void takesEverySetting() {
        assertThat(bound(Map.ofEntries(
                        Map.entry("clicktrail.alerter.tenant-id", "corp"),
                        Map.entry("clicktrail.alerter.organisation-name", "Example Corp"),
                        Map.entry("clicktrail.alerter.source-id", "soc-1"),
                        Map.entry("clicktrail.alerter.link-template", "https://soc.example/{alert_id}"),
                        Map.entry("clicktrail.alerter.tlp", "red"),
                        Map.entry("clicktrail.alerter.keep", "30d"),
                        Map.entry("clicktrail.alerter.memory", "3d"),
                        Map.entry("clicktrail.alerter.retention", "90d"),
                        Map.entry("clicktrail.alerter.context", "2d"),
                        Map.entry("clicktrail.alerter.dedup-window", "1h"),
                        Map.entry("clicktrail.alerter.revision-delay", "8s"),
                        Map.entry("clicktrail.alerter.update-every", "30s"),
                        Map.entry("clicktrail.alerter.max-updates", "5"),
                        Map.entry("clicktrail.alerter.false-positives", "2"),
                        Map.entry("clicktrail.alerter.ocsf-version", "1.8.0"),
                        Map.entry("clicktrail.alerter.feedback", "acknowledge"),
                        Map.entry("clicktrail.alerter.verdict-actors", "2"),
                        Map.entry("clicktrail.alerter.storm.per-device", "1"),
                        Map.entry("clicktrail.alerter.storm.per-rule", "2"),
                        Map.entry("clicktrail.alerter.storm.per-tenant", "3"),
                        Map.entry("clicktrail.alerter.storm.high-factor", "4"),
                        Map.entry("clicktrail.alerter.storm.summary-every", "1m"),
                        Map.entry("clicktrail.alerter.destinations.xsoar.format", "flat"),
                        Map.entry("clicktrail.alerter.destinations.xsoar.tiers", "2,3"),
                        Map.entry("clicktrail.alerter.destinations.xsoar.severity", "high"),
                        Map.entry("clicktrail.alerter.destinations.xsoar.platforms", "windows"),
                        Map.entry("clicktrail.alerter.destinations.xsoar.feedback", "verdict,case"),
                        Map.entry("clicktrail.alerter.assets.hosts[0].name", "srv-*"),
                        Map.entry("clicktrail.alerter.assets.hosts[0].criticality", "4"),
                        Map.entry("clicktrail.alerter.assets.hosts[0].kind", "server"),
                        Map.entry("clicktrail.alerter.assets.hosts[0].managed", "true"),
                        Map.entry("clicktrail.alerter.assets.hosts[0].zone", "dmz"),
                        Map.entry("clicktrail.alerter.assets.people[0].name", "corp\\adm-*"),
                        Map.entry("clicktrail.alerter.assets.people[0].privileged", "true"),
                        Map.entry("clicktrail.alerter.assets.people[0].vip", "false"),
                        Map.entry("clicktrail.alerter.assets.people[0].department", "IT"),
                        Map.entry("clicktrail.alerter.playbooks[0].id", "playbook--1"),
                        Map.entry("clicktrail.alerter.playbooks[0].version", "2"),
                        Map.entry("clicktrail.alerter.playbooks[0].url", "https://soc.example/pb/1"))))
                .isEqualTo(new AlerterSettings(
                        "corp",
                        "Example Corp",
                        "soc-1",
                        "https://soc.example/{alert_id}",
                        Tlp.RED,
                        Duration.ofDays(30),
                        Duration.ofDays(3),
                        Duration.ofDays(90),
                        Duration.ofDays(2),
                        Duration.ofHours(1),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(30),
                        5,
                        2,
                        "1.8.0",
                        Set.of(FeedbackKind.ACKNOWLEDGE),
                        2,
                        new StormSettings(1, 2, 3, 4, Duration.ofMinutes(1)),
                        Map.of(
                                "xsoar",
                                new DestinationSettings(
                                        CaseFormat.FLAT,
                                        Set.of(2, 3),
                                        Severity.HIGH,
                                        Set.of(Platform.WINDOWS),
                                        Set.of(FeedbackKind.VERDICT, FeedbackKind.CASE))),
                        new AssetInventory(
                                List.of(new HostAsset(new NamePattern("srv-*"), 4, HostAsset.Kind.SERVER, true, "dmz")),
                                List.of(new PersonAsset(new NamePattern("corp\\adm-*"), true, false, "IT"))),
                        List.of(new PlaybookSettings("CACAO", "playbook--1", "2", "https://soc.example/pb/1"))));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant-id, a b",
        "source-id, ../x",
        "link-template, https://soc.example/",
        "link-template, javascript:alert({alert_id})",
        "keep, -1d",
        "memory, 1h",
        "retention, 7d",
        "feedback, removed",
        "destinations.x.feedback, unknown",
        "context, 0s",
        "dedup-window, -1h",
        "revision-delay, -1s",
        "update-every, -1s",
        "max-updates, 0",
        "false-positives, 0",
        "ocsf-version, 1.4.0",
        "storm.per-device, 0",
        "storm.per-rule, 0",
        "storm.per-tenant, -1",
        "storm.high-factor, 0",
        "storm.summary-every, 0s",
        "destinations.x.tiers, 4",
        "destinations.x.format, avro",
        "playbooks[0].id, ' '"
    })
    void refusesWhatIsWrongAndNamesTheKey(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of("clicktrail.alerter." + key, value)))
                .rootCause()
                .hasMessageContaining(
                        "clicktrail.alerter." + key.replace(".x.", ".*.").replace("[0]", ".*"))
                .hasMessageContaining("must be");
    }

    @ParameterizedTest
    @CsvSource({"hosts[0].name, a*b", "hosts[0].criticality, 6", "people[0].name, *"})
    void refusesAssetsThatAreWrong(String key, String value) {
        Map<String, String> entry = new HashMap<>(Map.of("clicktrail.alerter.assets.hosts[0].name", "ws"));
        entry.put("clicktrail.alerter.assets." + key, value);

        assertThatThrownBy(() -> bound(entry)).rootCause().hasMessageContaining("must be");
    }

    @ParameterizedTest
    @CsvSource({"hosts[0].criticality, 4", "people[0].vip, true"})
    void refusesAssetsWithoutAName(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of("clicktrail.alerter.assets." + key, value)))
                .rootCause()
                .hasMessageContaining("name is absent but must be given");
    }

    private static AlerterSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("clicktrail.alerter", AlerterSettings.class);
    }
}
