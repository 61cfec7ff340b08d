package io.clicktrail.enricher.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntelLookupTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final long SEED = 4_711L;

    private final IntelTable table = new IntelTable(100);
    private final IntelLookup intel = TestTunings.intel(table);

    @ParameterizedTest
    @CsvSource({
        "URL,https://evil.top/a,90,90",
        "URL,https://evil.top/a,40,72",
        "TENANT_KEY,evil.top,100,75",
        "TENANT_KEY,evil.top,80,60",
        "DOMAIN,a.b.evil.top,80,60",
        "DOMAIN,b.evil.top,80,48",
        "DOMAIN,evil.top,50,30"
    })
    void weighsByWhatIsNamedAndByConfidence(IndicatorType type, String value, int confidence, int floor) {
        list(type, value, "a", confidence, NOON);
        assertThat(IntelLookup.floor(ofPlace("https://evil.top/a", NOON))).isEqualTo(floor);
    }

    @ParameterizedTest
    @CsvSource({"URL,https://evil.top/a,3", "TENANT_KEY,evil.top,14", "DOMAIN,evil.top,14"})
    void halvesConfidenceWithAge(IndicatorType type, String value, int days) {
        list(type, value, "a", 80, NOON);
        assertThat(confidence(NOON.minus(Duration.ofDays(30)))).isEqualTo(80);
        assertThat(confidence(NOON.plus(Duration.ofDays(days)))).isEqualTo(40);
        assertThat(confidence(NOON.plus(Duration.ofDays(2L * days)))).isEqualTo(20);
        assertThat(ofPlace("https://evil.top/a", NOON.plus(Duration.ofDays(5L * days))))
                .isEmpty();
    }

    @Test
    void saysNothingMoreAfterItsEnd() {
        table.offer(
                new Indicator(IndicatorType.TENANT_KEY, "evil.top", "a", 90, null, NOON, NOON.plusSeconds(60), null));
        assertThat(ofPlace(null, NOON.plusSeconds(59))).hasSize(1);
        assertThat(ofPlace(null, NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void isSurerWhereSeveralSourcesAgree() {
        list(IndicatorType.TENANT_KEY, "evil.top", "b", 50, NOON);
        list(IndicatorType.TENANT_KEY, "evil.top", "a", 60, NOON);
        assertThat(ofPlace(null, NOON)).singleElement().satisfies(match -> {
            assertThat(match.getConfidence()).isEqualTo(80);
            assertThat(match.getSources()).containsExactly("a", "b");
        });
    }

    @Test
    void replacesWhatTheSameSourceSaid() {
        list(IndicatorType.TENANT_KEY, "evil.top", "a", 50, NOON);
        list(IndicatorType.TENANT_KEY, "evil.top", "a", 60, NOON);
        assertThat(table.size()).isEqualTo(1);
        assertThat(confidence(NOON)).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24,203.0.113.9,true",
        "203.0.113.0/24,203.0.114.9,false",
        "203.0.113.128/25,203.0.113.9,false",
        "2001:db8::/32,2001:db8:1::9,true",
        "2001:db8::/32,2001:db9::9,false",
        "203.0.113.9/32,203.0.113.9,true"
    })
    void findsAddressesInNetworks(String network, String address, boolean found) {
        list(IndicatorType.NETWORK, network, "a", 100, NOON);
        assertThat(intel.ofPlace(null, address, address, true, NOON)).hasSize(found ? 1 : 0);
    }

    @Test
    void takesTheSmallestNetwork() {
        list(IndicatorType.NETWORK, "203.0.113.0/24", "a", 20, NOON);
        list(IndicatorType.NETWORK, "203.0.113.8/29", "a", 80, NOON);
        assertThat(intel.ofPlace(null, "203.0.113.9", "203.0.113.9", true, NOON))
                .singleElement()
                .extracting(IntelMatch::getConfidence)
                .isEqualTo(80);
    }

    @Test
    void knowsFilesByTheirContent() {
        String hash = "ab".repeat(32);
        list(IndicatorType.SHA256, hash, "a", 70, NOON);
        assertThat(IntelLookup.floor(intel.ofFile(hash, NOON))).isEqualTo(90);
        assertThat(intel.ofFile("cd".repeat(32), NOON)).isEmpty();
        assertThat(intel.ofFile(null, NOON)).isEmpty();
    }

    @Test
    void forgetsWithoutATraceWhatIsTakenBack() {
        list(IndicatorType.URL, "https://evil.top:8443/a", "a", 70, NOON);
        list(IndicatorType.NETWORK, "203.0.113.0/24", "a", 70, NOON);
        assertThat(intel.mayKnow("evil.top", "evil.top")).isTrue();
        table.remove("a URL https://evil.top:8443/a");
        table.remove("a NETWORK 203.0.113.0/24");
        table.remove("a NETWORK 203.0.113.0/24");
        table.remove("nonsense");
        assertThat(table.isEmpty()).isTrue();
        assertThat(intel.mayKnow("evil.top", "evil.top")).isFalse();
        assertThat(intel.ofPlace(null, "203.0.113.9", "203.0.113.9", true, NOON))
                .isEmpty();
    }

    @Test
    void refusesWhatItHasNoRoomForAndWhatIsNone() {
        var small = new IntelTable(1);
        assertThat(small.offer(indicator(IndicatorType.DOMAIN, "a.top", "a", 50, NOON)))
                .isNull();
        assertThat(small.offer(indicator(IndicatorType.DOMAIN, "b.top", "a", 50, NOON)))
                .contains("already");
        assertThat(small.offer(indicator(IndicatorType.DOMAIN, "a.top", "a", 0, NOON)))
                .contains("confidence");
        assertThat(small.offer(indicator(IndicatorType.NETWORK, "10.0.0.0/99", "a", 50, NOON)))
                .contains("no network");
        assertThat(small.size()).isEqualTo(1);
    }

    @Test
    void answersTheSameInWhateverOrderTheIndicatorsCame() {
        var random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            List<Indicator> listed = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                IndicatorType type = IndicatorType.values()[random.nextInt(3)];
                String value = type == IndicatorType.URL ? "https://evil.top/a" : "evil.top";
                listed.add(indicator(
                        type, value, "s" + i, 1 + random.nextInt(100), NOON.minusSeconds(random.nextInt(900_000))));
            }
            List<IntelMatch> expected = of(listed);
            Collections.shuffle(listed, random);
            assertThat(of(listed)).as("seed %d round %d", SEED, round).isEqualTo(expected);
        }
    }

    @Test
    void neverWeighsLessWhenMoreIsListed() {
        var random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            List<Indicator> listed = new ArrayList<>();
            int before = 0;
            for (int i = 0; i < 10; i++) {
                IndicatorType type = IndicatorType.values()[random.nextInt(3)];
                String value = type == IndicatorType.URL ? "https://evil.top/a" : "evil.top";
                listed.add(indicator(type, value, "s" + i, 1 + random.nextInt(100), NOON));
                int floor = IntelLookup.floor(of(listed));
                assertThat(floor).as("seed %d round %d", SEED, round).isGreaterThanOrEqualTo(before);
                before = floor;
            }
        }
    }

    private static List<IntelMatch> of(List<Indicator> listed) {
        var table = new IntelTable(100);
        listed.forEach(table::offer);
        return TestTunings.intel(table).ofPlace("https://evil.top/a", "a.b.evil.top", "evil.top", false, NOON);
    }

    private List<IntelMatch> ofPlace(@Nullable String url, Instant time) {
        return intel.ofPlace(url, "a.b.evil.top", "evil.top", false, time);
    }

    private int confidence(Instant time) {
        return ofPlace("https://evil.top/a", time).getFirst().getConfidence();
    }

    private void list(IndicatorType type, String value, String source, int confidence, Instant listed) {
        assertThat(table.offer(indicator(type, value, source, confidence, listed)))
                .isNull();
    }

    private static Indicator indicator(
            IndicatorType type, String value, String source, int confidence, Instant listed) {
        return new Indicator(type, value, source, confidence, null, listed, listed.plus(Duration.ofDays(900)), null);
    }
}
