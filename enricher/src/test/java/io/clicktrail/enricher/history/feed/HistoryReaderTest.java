package io.clicktrail.enricher.history.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.enricher.TestTunings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {

    private static final Instant LISTED = Instant.parse("2026-11-30T00:00:00Z");

    private final List<DomainHistory> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void rdapSaysWhenADomainWasRegisteredLast() throws IOException {
        read("""
                [{"objectClassName": "domain", "ldhName": "EVIL.TOP", "events": [
                   {"eventAction": "registration", "eventDate": "2020-01-02T03:04:05Z"},
                   {"eventAction": "reregistration", "eventDate": "2026-11-20T00:00:00Z"},
                   {"eventAction": "expiration", "eventDate": "2027-11-20T00:00:00Z"}]},
                 {"errorCode": 404, "title": "Not Found"}]
                """);

        assertThat(taken)
                .containsExactly(entry("evil.top", HistoryKind.REGISTRATION, "rdap", "2026-11-20T00:00:00Z", null));
        assertThat(refused).containsExactly("2: is no domain of RDAP");
    }

    @Test
    void whoisInCsvNamesItsColumns() throws IOException {
        read("num,domain_name,query_time,create_date\n1,evil.top,2026-11-30 10:00:00,2026-11-25\n2,odd.top,,\n");

        assertThat(taken)
                .containsExactly(entry("evil.top", HistoryKind.REGISTRATION, "whois", "2026-11-25T00:00:00Z", null));
        assertThat(refused).containsExactly("3: has no time");
    }

    @Test
    void passiveDnsCountsFromTheFirstAnswerForAnyNameOfTheTenant() throws IOException {
        read("""
                {"count": 3, "rrtype": "A", "rrname": "www.evil.top", "rdata": "192.0.2.1", "time_first": 1790000000}
                {"count": 9, "rrtype": "A", "rrname": "evil.top.", "rdata": "192.0.2.1", "time_first": 1780000000}
                """);

        assertThat(taken)
                .containsExactly(
                        entry("evil.top", HistoryKind.RESOLUTION, "passive-dns", "2026-05-28T20:26:40Z", null));
    }

    @Test
    void certificatesAreThoseOfCrtShAndOfCertstream() throws IOException {
        read("""
                [{"issuer_ca_id": 1, "common_name": "evil.top", "name_value": "*.evil.top\\nevil.top",
                  "entry_timestamp": "2026-11-27T22:59:21.118", "not_before": "2026-11-27T22:00:00"}]
                """);
        read("""
                {"message_type": "certificate_update", "data": {"seen": 1780000000.5,
                  "leaf_cert": {"all_domains": ["a.login.top", "github.io"], "not_before": 1779999000}}}
                """);

        assertThat(taken)
                .containsExactly(
                        entry("evil.top", HistoryKind.CERTIFICATE, "crt.sh", "2026-11-27T22:00:00Z", null),
                        entry("login.top", HistoryKind.CERTIFICATE, "certstream", "2026-05-28T20:10:00Z", null));
        assertThat(refused).containsExactly("1: 'github.io' is no name that one tenant answers for");
    }

    @Test
    void rankingsAreThoseOfTrancoUmbrellaAndMajestic() throws IOException {
        read("1,example.com\n2,www.example.com\n70000,shop.example\n");
        read("GlobalRank,TldRank,Domain,TLD\n12,9,example.org,org\n");

        assertThat(taken)
                .containsExactly(
                        entry("example.com", HistoryKind.RANKING, "ranking", null, 1),
                        entry("shop.example", HistoryKind.RANKING, "ranking", null, 70_000),
                        entry("example.org", HistoryKind.RANKING, "ranking", null, 12));
    }

    private void read(String file) throws IOException {
        HistoryFormat format = HistoryFormat.of(file);
        HistoryReader.read(
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                format,
                TestTunings.CATALOGUES.domains(),
                format.source(),
                LISTED,
                new HistorySink() {
                    @Override
                    public void take(DomainHistory entry) {
                        taken.add(entry);
                    }

                    @Override
                    public void refuse(int number, String reason) {
                        refused.add(number + ": " + reason);
                    }
                });
    }

    private static DomainHistory entry(
            String tenant, HistoryKind kind, String source, @Nullable String since, @Nullable Integer rank) {
        return new DomainHistory(tenant, kind, source, since == null ? null : Instant.parse(since), rank, LISTED);
    }
}
