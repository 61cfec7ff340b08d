package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestEvents;
import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.event.User;
import io.clicktrail.identity.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseClaimsTest {

    private static final Instant TEN = TestEvents.TEN;

    @Test
    void readsAConnectionThatTheHostOpened() {
        Event event = event(EventKind.NETWORK_CONNECTION)
                .setHost(Host.newBuilder().setName("ws-1").build())
                .setClient(Endpoint.newBuilder().setIp("10.0.0.5").build())
                .setNetwork(Network.newBuilder().setDirection("egress").build())
                .build();
        assertThat(LeaseClaims.of(event))
                .containsExactly(new Lease("ip:10.0.0.5", "ws-1", TEN, null, "test", null, true, null));
    }

    @Test
    void readsNothingFromAConnectionThatCameIn() {
        Event event = event(EventKind.NETWORK_CONNECTION)
                .setHost(Host.newBuilder().setName("ws-1").build())
                .setClient(Endpoint.newBuilder().setIp("10.0.0.5").build())
                .setNetwork(Network.newBuilder().setDirection("ingress").build())
                .build();
        assertThat(LeaseClaims.of(event)).isEmpty();
    }

    @Test
    void readsNothingFromAHostThatIsOnlyAnAddressItself() {
        Event event = event(EventKind.OTHER)
                .setHost(Host.newBuilder()
                        .setName("10.0.0.9")
                        .setIp(List.of("10.0.0.5"))
                        .build())
                .build();
        assertThat(LeaseClaims.of(event)).isEmpty();
    }

    @Test
    void readsALeaseWithItsEnd() {
        Event event = event(EventKind.ADDRESS_LEASE)
                .setLease(AddressLease.newBuilder()
                        .setIp("10.0.0.5")
                        .setHostname("WS-1.")
                        .setSeconds(60L)
                        .build())
                .build();
        assertThat(LeaseClaims.of(event))
                .containsExactly(new Lease("ip:10.0.0.5", "ws-1", TEN, TEN.plusSeconds(60), "test", null, false, null));
    }

    @ParameterizedTest
    @CsvSource({"2,true", "7,true", "10,true", "11,true", "3,false", "5,false"})
    void readsTheLogonsOfPeopleAtWork(int type, boolean claims) {
        Event event = event(EventKind.LOGON)
                .setHost(Host.newBuilder().setName("ws-1").build())
                .setUser(new User("Alice", "CONTOSO", null, null))
                .setLogon(Logon.newBuilder().setType(type).build())
                .build();
        assertThat(LeaseClaims.of(event))
                .isEqualTo(
                        claims
                                ? List.of(new Lease(
                                        "user:contoso\\alice",
                                        "ws-1",
                                        TEN,
                                        null,
                                        "test",
                                        "contoso\\alice",
                                        false,
                                        null))
                                : List.of());
    }

    @Test
    void readsFromASignInToTheCloudOnWhichDeviceAnAccountWorks() {
        Event event = event(EventKind.LOGON)
                .setHost(Host.newBuilder().setName("mac-7").build())
                .setUser(new User(null, null, null, "Alice@contoso.example"))
                .setLogon(Logon.newBuilder().setIp("198.51.100.7").build())
                .build();
        assertThat(LeaseClaims.of(event))
                .contains(new Lease(
                        "user:alice@contoso.example",
                        "mac-7",
                        TEN,
                        null,
                        "test",
                        "alice@contoso.example",
                        false,
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null,true", "3,true", "2,false", "10,false"})
    void readsFromWhichAddressATicketOrALogonOverTheNetworkCame(@Nullable Integer type, boolean claims) {
        Event event = event(EventKind.LOGON)
                .setHost(Host.newBuilder().setName("dc-1").build())
                .setUser(new User("Alice", "CONTOSO", null, null))
                .setLogon(Logon.newBuilder().setType(type).setIp("10.0.0.5").build())
                .build();
        var presence = new Lease("ip:10.0.0.5", "", TEN, null, "test", "contoso\\alice", false, null);
        assertThat(LeaseClaims.of(event).contains(presence)).isEqualTo(claims);
        assertThat(LeaseClaims.isPresence(presence)).isTrue();
        assertThat(LeaseClaims.placed(presence, "ws-1"))
                .isEqualTo(new Lease("user:contoso\\alice", "ws-1", TEN, null, "test", "contoso\\alice", false, null));
    }

    @Test
    void readsTheAddressesThatAHostReportsButNotThoseThatEveryHostHas() {
        Event event = event(EventKind.OTHER)
                .setHost(Host.newBuilder()
                        .setName("ws-1")
                        .setIp(List.of("127.0.0.1", "fe80::1", "10.0.0.5", "2001:DB8::5"))
                        .build())
                .build();
        assertThat(LeaseClaims.of(event)).extracting(Lease::getKey).containsExactly("ip:10.0.0.5", "ip:2001:db8::5");
    }

    @Test
    void claimsEveryFormOfAnAccountThatOneEventShows() {
        Event event = event(EventKind.PROCESS_START)
                .setHost(Host.newBuilder().setName("ws-1").build())
                .setUser(new User("Alice", "CONTOSO", "S-1-5-21-1-2-3-1104", "Alice@contoso.com"))
                .build();
        assertThat(LeaseClaims.of(event))
                .extracting(claim -> claim.getKey() + " " + claim.getUser())
                .containsExactly(
                        "user:contoso\\alice contoso\\alice",
                        "user:alice@contoso.com contoso\\alice",
                        "user:s-1-5-21-1-2-3-1104 contoso\\alice");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null,ws-7", "3,ws-7", "2,null"})
    void readsFromALogonOfAComputersOwnAccountWhichHostHasTheAddress(@Nullable Integer type, @Nullable String host) {
        Event event = event(EventKind.LOGON)
                .setHost(Host.newBuilder().setName("dc-1").build())
                .setUser(new User("WS-7$", "CONTOSO.COM", null, null))
                .setLogon(Logon.newBuilder().setType(type).setIp("10.0.0.7").build())
                .build();
        assertThat(LeaseClaims.of(event))
                .isEqualTo(
                        host == null
                                ? List.of()
                                : List.of(new Lease("ip:10.0.0.7", host, TEN, null, "test", null, false, null)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "CONTOSO,ws-1.contoso.com,user:alice@contoso.com",
                "corp.contoso.com,ws-1.corp.contoso.com,user:alice@corp.contoso.com",
                "CONTOSO,ws-1.fabrikam.com,null",
                "WS-1,ws-1,null"
            })
    void claimsTheUpnThatEveryAccountOfADomainHas(String domain, String host, @Nullable String upn) {
        Event event = event(EventKind.PROCESS_START)
                .setHost(Host.newBuilder().setName(host).build())
                .setUser(new User("Alice", domain, null, null))
                .setProcess(TestEvents.process("C:\\x.exe", "x", "C:\\Windows\\Explorer.EXE"))
                .build();
        assertThat(LeaseClaims.of(event))
                .extracting(Lease::getKey)
                .isEqualTo(
                        upn == null
                                ? List.of("user:" + domain.toLowerCase(Locale.ROOT) + "\\alice")
                                : List.of("user:" + domain.toLowerCase(Locale.ROOT) + "\\alice", upn));
    }

    @Test
    void takesWhatAServiceStartsForNobodyAtWork() {
        Event event = event(EventKind.PROCESS_START)
                .setHost(Host.newBuilder().setName("ws-1").build())
                .setUser(new User("Alice", "CONTOSO", null, null))
                .setProcess(TestEvents.process("C:\\x.exe", "x", "C:\\Windows\\System32\\svchost.exe"))
                .build();
        assertThat(LeaseClaims.of(event)).isEmpty();
    }

    @Test
    void claimsTheOtherNamesOfAHost() {
        Event event = event(EventKind.OTHER)
                .setHost(Host.newBuilder()
                        .setName("ws-1.contoso.com")
                        .setHostname("WS-1$")
                        .setId("AB12")
                        .build())
                .build();
        assertThat(LeaseClaims.names(event)).extracting(Lease::getKey).containsExactly("ws-1", "ab12");
        assertThat(LeaseClaims.names(event)).extracting(Lease::getHost).containsOnly("ws-1.contoso.com");
    }

    /** An id of 32 hex digits and a number can be read as addresses; of a host they are names. */
    @ParameterizedTest
    @ValueSource(strings = {"1b505ba54bcbbe01d4e719e05c6d9d96", "fb505ba54bcbbe01d4e719e05c6d9d96", "4711"})
    void claimsTheAgentsIdOfAHost(String id) {
        Event event = event(EventKind.OTHER)
                .setHost(Host.newBuilder().setName("ws-1.contoso.com").setId(id).build())
                .build();
        assertThat(LeaseClaims.names(event))
                .contains(new Lease(id, "ws-1.contoso.com", TEN, null, "test", null, false, null));
        assertThat(LeaseClaims.isShortName(id)).isTrue();
    }

    @Test
    void asksForTheQualifiedNameOfAnAgentsHostThatGoesByAShortOne() {
        Event event = event(EventKind.OTHER)
                .setHost(Host.newBuilder().setName("mac-1").setId("AB12").build())
                .build();
        Lease claim = new Lease("ab12", "mac-1", TEN, null, "test", null, false, null);
        assertThat(LeaseClaims.names(event)).containsExactly(claim);
        Lease question = Objects.requireNonNull(LeaseClaims.question(claim));
        assertThat(question.getKey()).isEqualTo("mac-1");
        assertThat(LeaseClaims.isQuestion(question)).isTrue();
        assertThat(LeaseClaims.isQuestion(claim)).isFalse();
        assertThat(LeaseClaims.answered(question, "mac-1.contoso.com"))
                .isEqualTo(new Lease("ab12", "mac-1.contoso.com", TEN, null, "test", null, false, "mac-1"));
    }

    @Test
    void claimsTheShortNameOfAHostThatALeaseNamesByItsQualifiedOne() {
        Event event = lease("WS-1.contoso.com").build();
        assertThat(LeaseClaims.names(event))
                .containsExactly(new Lease("ws-1", "ws-1.contoso.com", TEN, null, "test", null, false, null));
    }

    @Test
    void asksForTheQualifiedNameOfAHostThatClaimsByAShortOne() {
        Lease claim = LeaseClaims.of(lease("WS-1").build()).getFirst();
        Lease question = Objects.requireNonNull(LeaseClaims.question(claim));
        assertThat(question.getKey()).isEqualTo("ws-1");
        assertThat(LeaseClaims.isQuestion(question)).isTrue();
        assertThat(LeaseClaims.answered(question, "ws-1.contoso.com"))
                .isEqualTo(new Lease(
                        claim.getKey(),
                        "ws-1.contoso.com",
                        claim.getFrom(),
                        claim.getUntil(),
                        claim.getDataset(),
                        null,
                        false,
                        "ws-1"));
        assertThat(LeaseClaims.question(
                        LeaseClaims.of(lease("WS-1.contoso.com").build()).getFirst()))
                .isNull();
    }

    @Test
    void claimsNothingByAClockThatCannotBeTrusted() {
        Event event =
                lease("WS-1.contoso.com").setTimeQuality(TimeQuality.SUSPECT).build();
        assertThat(LeaseClaims.of(event)).isEmpty();
        assertThat(LeaseClaims.names(event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip:10.0.0.9", "user:alice", "10.0.0.9", "a b", "::1", ""})
    void claimsNothingForWhatIsNoName(String name) {
        assertThat(LeaseClaims.of(lease(name).build())).isEmpty();
        assertThat(LeaseClaims.of(event(EventKind.OTHER)
                        .setHost(Host.newBuilder()
                                .setName(name)
                                .setIp(List.of("10.0.0.5"))
                                .build())
                        .build()))
                .isEmpty();
    }

    private static Event.Builder lease(String hostname) {
        return event(EventKind.ADDRESS_LEASE)
                .setLease(AddressLease.newBuilder()
                        .setIp("10.0.0.5")
                        .setHostname(hostname)
                        .setSeconds(60L)
                        .build());
    }

    private static Event.Builder event(EventKind kind) {
        return TestEvents.event(kind, "test");
    }
}
