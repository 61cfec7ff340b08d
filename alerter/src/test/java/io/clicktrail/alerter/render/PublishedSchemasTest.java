package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.AnyChain;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.detection.Detection;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.NewCase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every story and generated chains, with missing telemetry and odd texts, in every form that others define. */
class PublishedSchemasTest {

    /** {@code -Dclicktrail.chains=N} for more of them. */
    private static final int CHAINS = Integer.getInteger("clicktrail.chains", 240);

    private static final long SEED = 20_260_822;
    private static final int MAX_BYTES = 256 * 1024;

    static Stream<Detection> chains() {
        var chains = new ArrayList<>(List.of(
                Stories.executed(),
                Stories.downloaded(),
                Stories.contacted(),
                Stories.withDomain(Stories.executed(), Stories.sharedTenant()),
                HostileText.detection()));
        chains.addAll(AnyChain.of(SEED, CHAINS));
        return chains.stream();
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("chains")
    void everyChainFollowsThem(Detection detection) {
        Alert alert = Stories.alert(detection);
        Alert closed = Alert.newBuilder(alert).setLifecycle(Lifecycle.CLOSE).build();

        assertThat(Published.OCSF.errors(AlertOcsfJson.of(alert, "1.5.0"))).isEmpty();
        assertThat(Published.OCSF.errors(AlertOcsfJson.of(alert, "1.8.0"))).isEmpty();
        assertThat(Published.OCSF.errors(AlertOcsfJson.of(closed, "1.5.0"))).isEmpty();
        assertThat(Published.STIX.errors(StixJson.of(alert))).isEmpty();
        EcsFieldTypesTest.check(alert);
        for (String form :
                List.of(AlertOcsfJson.of(alert), AlertEcsJson.of(alert), StixJson.of(alert), FlatJson.of(alert))) {
            assertThat(form.getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_BYTES);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = PublishedStix.CLONE, matches = ".+")
    void everyBundleFollowsWhatOasisPublishes() {
        var published = new PublishedStix(Path.of(System.getProperty(PublishedStix.CLONE)));
        var errors = new TreeSet<String>();
        int bundles = 0;
        for (Detection detection : chains().toList()) {
            Alert alert = Stories.alert(detection);
            Alert closed = Alert.newBuilder(alert).setLifecycle(Lifecycle.CLOSE).build();
            for (Alert each : List.of(alert, closed, summary(alert))) {
                errors.addAll(published.errors(StixJson.of(each)));
                bundles++;
            }
        }
        System.out.printf("%d bundles of %d objects, %d mistakes%n", bundles, published.objects(), errors.size());

        assertThat(errors).isEmpty();
        assertThat(bundles).isEqualTo(3 * (5 + CHAINS));
        assertThat(published.objects()).isGreaterThan(4 * bundles);
    }

    @Test
    @EnabledIfSystemProperty(named = PublishedStix.CLONE, matches = ".+")
    void theSchemasOfOasisNoticeMistakes() {
        var published = new PublishedStix(Path.of(System.getProperty(PublishedStix.CLONE)));
        String stix = StixJson.of(Stories.alert(Stories.executed()));

        assertThat(published.errors(stix)).isEmpty();
        for (String mistake : List.of(
                stix.replace("\"spec_version\":\"2.1\"", "\"spec_version\":\"3\""),
                stix.replace("\"number_observed\":1", "\"number_observed\":0"),
                stix.replace("\"sighting_of_ref\"", "\"sighting_of\""),
                stix.replace("\"pattern_type\"", "\"pattern_kind\""),
                stix.replace("\"value\":\"https://", "\"value\":\"https:// "),
                stix.replace("\"id\":\"bundle--", "\"id\":\"bundle-"))) {
            assertThat(mistake).isNotEqualTo(stix);
            assertThat(published.errors(mistake)).isNotEmpty();
        }
    }

    private static Alert summary(Alert alert) {
        var storms = new AlertStorms(Duration.ofMinutes(5));
        return AlertStorms.summary(AlertStorms.add(storms.begin(note(alert), 0), note(alert), "device"), alert);
    }

    private static DeliveryNote note(Alert alert) {
        return new DeliveryNote(
                NewCase.HELD_BACK,
                0,
                alert.getTenantId(),
                alert.getAnalyticId(),
                false,
                0L,
                alert.getAlertId(),
                alert.getDevice().getHostname(),
                alert.getTenantKey(),
                "device");
    }

    @Test
    void theSameSeedMakesTheSameChains() {
        long seed = new Random(SEED).nextLong();

        assertThat(AnyChain.of(seed, 9)).isEqualTo(AnyChain.of(seed, 9));
    }

    @Test
    void theSchemasNoticeMistakes() {
        String stix = StixJson.of(Stories.alert(Stories.executed()));
        String ocsf = AlertOcsfJson.of(Stories.alert(Stories.executed()));

        assertThat(Published.STIX.errors(stix)).isEmpty();
        assertThat(Published.STIX.errors(stix.replace("\"spec_version\":\"2.1\"", "\"spec_version\":\"2.0\"")))
                .isNotEmpty();
        assertThat(Published.STIX.errors(stix.replace("\"number_observed\":1", "\"number_observed\":0")))
                .isNotEmpty();
        assertThat(Published.STIX.errors(stix.replace("\"sighting_of_ref\"", "\"sighting_of\"")))
                .isNotEmpty();
        assertThat(Published.OCSF.errors(ocsf.replace("\"class_uid\":2004", "\"class_uid\":2001")))
                .isNotEmpty();
    }
}
