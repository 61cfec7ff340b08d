package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.identity.Lease;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseRowTest {

    private static final Instant EIGHT = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void readsAddressesUsersAndNames() {
        assertThat(LeaseRow.parse("address, 10.0.0.5 ,WS-1.Contoso.com,2026-11-22T08:00:00Z,2026-11-22T12:00:00Z"))
                .isEqualTo(valid(
                        new Lease("ip:10.0.0.5", "ws-1.contoso.com", EIGHT, NOON, "operator", null, false, null)));
        assertThat(LeaseRow.parse("user,Alice@contoso.com,ws-1,2026-11-22T08:00:00Z,,CONTOSO\\Alice"))
                .isEqualTo(valid(new Lease(
                        "user:alice@contoso.com", "ws-1", EIGHT, null, "operator", "contoso\\alice", false, null)));
        assertThat(LeaseRow.parse("name,C02XK1ABJG5H,mac-1,2026-11-22T08:00:00Z"))
                .isEqualTo(valid(new Lease("c02xk1abjg5h", "mac-1", EIGHT, null, "operator", null, false, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address,10.0.0.5|must be kind,key,host,from",
                "address,127.0.0.1,ws-1,2026-11-22T08:00:00Z|is no address of one host",
                "address,ws-2,ws-1,2026-11-22T08:00:00Z|is no address of one host",
                "address,10.0.0.5,,2026-11-22T08:00:00Z|is no host name",
                "address,10.0.0.5,ip:10.0.0.6,2026-11-22T08:00:00Z|is no host name",
                "address,10.0.0.5,ws-1,yesterday|times must be like",
                "address,10.0.0.5,ws-1,2026-11-22T08:00:00Z,2026-11-22T08:00:00Z|times must be like",
                "name,a b,ws-1,2026-11-22T08:00:00Z|is no name of a host",
                "user,,ws-1,2026-11-22T08:00:00Z|is no account",
                "host,a,ws-1,2026-11-22T08:00:00Z|is none of address, user, name"
            })
    void saysWhyALineIsNone(String line, String reason) {
        assertThat(LeaseRow.parse(line))
                .isInstanceOfSatisfying(
                        LeaseRow.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
    }

    private static LeaseRow valid(Lease lease) {
        return new LeaseRow.Valid(lease);
    }
}
