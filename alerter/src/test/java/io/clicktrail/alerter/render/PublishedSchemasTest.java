package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.AnyChain;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import io.clicktrail.detection.Detection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

        assertThat(Published.OCSF.errors(OcsfJson.of(alert, "1.5.0"))).isEmpty();
        assertThat(Published.OCSF.errors(OcsfJson.of(alert, "1.8.0"))).isEmpty();
        assertThat(Published.OCSF.errors(OcsfJson.of(closed, "1.5.0"))).isEmpty();
        assertThat(Published.STIX.errors(StixJson.of(alert))).isEmpty();
        EcsFieldTypesTest.check(alert);
        for (String form : List.of(OcsfJson.of(alert), EcsJson.of(alert), StixJson.of(alert), FlatJson.of(alert))) {
            assertThat(form.getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_BYTES);
        }
    }

    @Test
    void theSameSeedMakesTheSameChains() {
        long seed = new Random(SEED).nextLong();

        assertThat(AnyChain.of(seed, 9)).isEqualTo(AnyChain.of(seed, 9));
    }

    @Test
    void theSchemasNoticeMistakes() {
        String stix = StixJson.of(Stories.alert(Stories.executed()));
        String ocsf = OcsfJson.of(Stories.alert(Stories.executed()));

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
