package io.clicktrail.enricher.intel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.intel.Indicator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HASH = "ab".repeat(32);

    private final FeedReader reader =
            new FeedReader(TestTunings.CATALOGUES.domains(), new UrlParser(TestTunings.CATALOGUES.extensions()));
    private final List<String> taken = new ArrayList<>();
    private final List<Indicator> indicators = new ArrayList<>();
    private final List<String> withdrawn = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void readsUrlhausCsvWithWhoAnswersBehindEachUrl() throws Exception {
        read("urlhaus.csv", FeedFormat.URLHAUS_CSV);
        assertThat(taken)
                .containsExactly(
                        "URL http://203.0.113.9/i.sh 90",
                        "ADDRESS 203.0.113.9 45",
                        "URL https://www.evil.top/a/Invoice.iso?x=1 70",
                        "TENANT_KEY evil.top 35",
                        "URL https://raw.githubusercontent.com/eve/drop/main/a.ps1 90",
                        "TENANT_KEY raw.githubusercontent.com/eve/drop 45",
                        "URL https://github.com/login 90");
        assertThat(withdrawn).containsExactly("test URL http://old.top/a", "test TENANT_KEY old.top");
        assertThat(refused).hasSize(2);
        Indicator first = indicators.getFirst();
        assertThat(first.getThreat()).isEqualTo("malware_download");
        assertThat(first.getListed()).isEqualTo(Instant.parse("2026-11-20T11:00:05Z"));
        assertThat(first.getReference()).isEqualTo("https://urlhaus.abuse.ch/url/3900001/");
    }

    @Test
    void readsUrlhausJson() throws Exception {
        read("urlhaus.json", FeedFormat.URLHAUS_JSON);
        assertThat(taken)
                .containsExactly(
                        "URL http://203.0.113.9/i.sh 90",
                        "ADDRESS 203.0.113.9 45",
                        "URL https://www.evil.top/a/Invoice.iso?x=1 70",
                        "TENANT_KEY evil.top 35");
    }

    @Test
    void readsPhishtankCsv() throws Exception {
        read("phishtank.csv", FeedFormat.PHISHTANK_CSV);
        assertThat(taken)
                .containsExactly(
                        "URL https://login-contoso.example.top/ 90",
                        "TENANT_KEY example.top 45",
                        "URL https://evil.pages.dev/a,b 50",
                        "TENANT_KEY evil.pages.dev 25");
        assertThat(indicators.getFirst().getThreat()).isEqualTo("phishing of Contoso, Ltd.");
    }

    @Test
    void readsPlainListsAndRefusesWhatStrangersShare() throws Exception {
        read("plain.txt", FeedFormat.PLAIN);
        assertThat(taken)
                .containsExactly(
                        "TENANT_KEY evil.top 70",
                        "TENANT_KEY worse.top 70",
                        "DOMAIN login.contoso.evil.top 70",
                        "URL https://evil.top/a 70",
                        "TENANT_KEY evil.top 35",
                        "ADDRESS 203.0.113.9 70",
                        "NETWORK 203.0.113.0/24 70",
                        "NETWORK 2001:db8::/32 70",
                        "SHA256 " + HASH + " 70");
        assertThat(refused)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("10: google.com is used by everybody"),
                        reason -> assertThat(reason).startsWith("11: pages.dev is used by everybody"),
                        reason -> assertThat(reason).startsWith("12: bit.ly is used by everybody"),
                        reason -> assertThat(reason).isEqualTo("13: 10.0.0.7 is inside the organisation"),
                        reason -> assertThat(reason).isEqualTo("14: 203.0.0.0/8 is too large a network"),
                        reason -> assertThat(reason).isEqualTo("15: 'not a name' is no name"));
    }

    @Test
    void readsMispEventsAsFarAsTheyAreMeantForDetection() throws Exception {
        read("misp.json", FeedFormat.MISP_EVENT);
        assertThat(taken)
                .containsExactly(
                        "URL https://evil.top/a 70",
                        "TENANT_KEY evil.top 35",
                        "TENANT_KEY worse.top 70",
                        "ADDRESS 203.0.113.9 70",
                        "SHA256 " + HASH + " 70",
                        "ADDRESS 203.0.113.10 70");
        assertThat(withdrawn).containsExactly("test DOMAIN c2.gone.top");
        assertThat(refused).containsExactly("6: attribute type mutex is not used");
    }

    @Test
    void readsStixBundlesWithEqualityAndOr() throws Exception {
        read("stix.json", FeedFormat.STIX_BUNDLE);
        assertThat(taken)
                .containsExactly(
                        "URL https://evil.top/a 85",
                        "TENANT_KEY evil.top 42",
                        "TENANT_KEY worse.top 85",
                        "ADDRESS 203.0.113.9 85",
                        "SHA256 " + HASH + " 70");
        assertThat(withdrawn).containsExactly("test TENANT_KEY gone.top");
        assertThat(refused)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("more than equality and OR"),
                        reason -> assertThat(reason).contains("snort"));
        assertThat(indicators.getFirst().getExpires()).isBefore(Instant.parse("2026-11-25T08:00:01Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "urlhaus.csv,URLHAUS_CSV",
        "urlhaus.json,URLHAUS_JSON",
        "phishtank.csv,PHISHTANK_CSV",
        "plain.txt,PLAIN",
        "misp.json,MISP_EVENT",
        "stix.json,STIX_BUNDLE"
    })
    void knowsFeedsByTheirBeginning(String file, FeedFormat feed) throws IOException {
        assertThat(FeedFormat.of(new String(file(file).readAllBytes(), StandardCharsets.UTF_8)))
                .isEqualTo(feed);
    }

    @Test
    void namesTheLineOfBrokenJson() {
        assertThatThrownBy(() -> read(bytes("{\"objects\":[\n{\"type\":"), FeedFormat.STIX_BUNDLE))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> read(bytes("{\"a\":1}"), FeedFormat.MISP_EVENT))
                .isInstanceOf(FeedException.class);
    }

    @Test
    void survivesWhateverAFileHolds() throws IOException {
        long seed = 99;
        var random = new Random(seed);
        for (FeedFormat feed : FeedFormat.values()) {
            byte[] whole = file(switch (feed) {
                        case URLHAUS_CSV -> "urlhaus.csv";
                        case URLHAUS_JSON -> "urlhaus.json";
                        case PHISHTANK_CSV -> "phishtank.csv";
                        case MISP_EVENT -> "misp.json";
                        case STIX_BUNDLE -> "stix.json";
                        case PLAIN -> "plain.txt";
                    })
                    .readAllBytes();
            for (int round = 0; round < 300; round++) {
                byte[] broken = whole.clone();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                try {
                    read(broken, feed);
                } catch (FeedException expected) {
                    assertThat(expected.getMessage())
                            .as("seed %d %s %d", seed, feed, round)
                            .isNotBlank();
                }
            }
        }
    }

    private void read(String file, FeedFormat feed) throws IOException, FeedException {
        read(file(file).readAllBytes(), feed);
    }

    private void read(byte[] content, FeedFormat feed) throws IOException, FeedException {
        reader.read(
                new ByteArrayInputStream(content), feed, new FeedOptions("test", null, NOW, NOW), new IndicatorSink() {
                    @Override
                    public void take(Indicator indicator) {
                        indicators.add(indicator);
                        taken.add(indicator.getType() + " " + indicator.getValue() + " " + indicator.getConfidence());
                    }

                    @Override
                    public void withdraw(String key) {
                        withdrawn.add(key);
                    }

                    @Override
                    public void refuse(int line, String reason) {
                        refused.add(line + ": " + reason);
                    }
                });
    }

    private InputStream file(String name) {
        return Objects.requireNonNull(getClass().getResourceAsStream("/io/clicktrail/enricher/intel/" + name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
