package io.clicktrail.enricher.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.context.ContextFact;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Source;
import io.clicktrail.event.User;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogonFactsTest {

    @Test
    void aLogonOverTheNetworkSaysWhoWentWhereAndFromWhere() {
        ContextFact fact = fact("srv-1.corp.example", logon("windows.security", 3, "10.1.2.3", "srv-1"));

        assertThat(fact.getHost()).isEqualTo("srv-1.corp.example");
        assertThat(fact.getUser()).isEqualTo("corp\\alice");
        assertThat(fact.getAuthentication().getIp()).isEqualTo("10.1.2.3");
        assertThat(fact.getAuthentication().getLogonType()).isEqualTo(3);
    }

    @Test
    void aSignInAtAServiceHasADeviceAndNoHost() {
        ContextFact fact = fact("ws-7", logon("okta.system", null, "198.51.100.7", "ws-7"));

        assertThat(fact.getHost()).isNull();
        assertThat(fact.getAuthentication().getDevice()).isEqualTo("ws-7");
    }

    @ParameterizedTest
    @CsvSource({"windows.security,5", "windows.security,4", "windows.security,", "zeek.kerberos,"})
    void servicesTicketsAndTheNetworkSayNotWhereAPersonWent(String dataset, @Nullable Integer type) {
        assertThat(LogonFacts.of("srv-1", logon(dataset, type, "10.1.2.3", "srv-1")))
                .isNull();
    }

    @Test
    void ofWhatFailedOnlyARefusedSecondFactorCounts() {
        Event failed = Event.newBuilder(logon("okta.system", null, "198.51.100.7", null))
                .setOutcome(EventOutcome.FAILURE)
                .build();
        Event denied = Event.newBuilder(failed)
                .setLogon(Logon.newBuilder(failed.getLogon()).setMfaDenied(true).build())
                .build();

        assertThat(LogonFacts.of("user:alice", failed)).isNull();
        assertThat(fact("user:alice", denied).getAuthentication().getMfaDenied())
                .isTrue();
    }

    private static ContextFact fact(String key, Event event) {
        return Objects.requireNonNull(LogonFacts.of(key, event));
    }

    private static Event logon(String dataset, @Nullable Integer type, String ip, @Nullable String host) {
        return Event.newBuilder()
                .setEventId("e")
                .setTime(Instant.EPOCH)
                .setKind(EventKind.LOGON)
                .setHost(host == null ? null : Host.newBuilder().setName(host).build())
                .setUser(new User("alice", "corp", null, null))
                .setLogon(Logon.newBuilder().setType(type).setIp(ip).build())
                .setSource(Source.newBuilder()
                        .setDataset(dataset)
                        .setTopic("t")
                        .setPartition(0)
                        .setOffset(0)
                        .setSha256("00")
                        .build())
                .build();
    }
}
