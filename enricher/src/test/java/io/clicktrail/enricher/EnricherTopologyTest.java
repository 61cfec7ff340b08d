package io.clicktrail.enricher;

import static io.clicktrail.enricher.TestEvents.CHROME;
import static io.clicktrail.enricher.TestEvents.HOST;
import static io.clicktrail.enricher.TestEvents.OUTLOOK;
import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.connection;
import static io.clicktrail.enricher.TestEvents.dhcp;
import static io.clicktrail.enricher.TestEvents.dns;
import static io.clicktrail.enricher.TestEvents.event;
import static io.clicktrail.enricher.TestEvents.fileWrite;
import static io.clicktrail.enricher.TestEvents.logon;
import static io.clicktrail.enricher.TestEvents.processStart;
import static io.clicktrail.enricher.TestEvents.proxy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.event.Email;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EnricherTopologyTest {

    private static final String IP = "ip:10.0.0.5";
    private static final String EVIL = "https://rnicrosoft-login.top/a.iso";

    private TopologyHarness harness = harness(Duration.ZERO, 1_000);

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void keepsItsShape() throws IOException {
        assertThat(harness.describe())
                .isEqualToIgnoringNewLines(new String(
                        Objects.requireNonNull(getClass().getResourceAsStream("/io/clicktrail/enricher/topology.txt"))
                                .readAllBytes(),
                        StandardCharsets.UTF_8));
    }

    @Test
    void carriesTheDeliveryTimeThroughEveryHop() {
        Instant delivered = TEN.plusSeconds(77);
        events().pipeInput(HOST, dns("evil.sbs").build(), delivered);
        events().pipeInput(HOST, fileWrite("C:\\Users\\a\\Downloads\\a.iso").build(), delivered);
        assertThat(evidence().readRecordsToList()).hasSize(2).allSatisfy(record -> {
            assertThat(record.getRecordTime()).isEqualTo(delivered);
            assertThat(record.key()).isEqualTo(HOST);
        });
    }

    @Test
    void sendsNothingOnForOrdinaryEvents() {
        events().pipeInput(HOST, dns("www.bbc.co.uk").build());
        events().pipeInput(HOST, event(EventKind.EMAIL, "mail").build());
        harness.input(topics().domains())
                .pipeInput("example.com", new FirstSeen("example.com", TEN.minus(Duration.ofDays(400)), "seed", null));
        events().pipeInput(HOST, dns("example.com").build());
        assertThat(evidence().isEmpty()).isTrue();
    }

    @Test
    void seesADomainAsNewForEveryHostInItsFirstHours() {
        events().pipeInput("ws-1.contoso.com", dns("evil.sbs").build());
        events().pipeInput(
                        "ws-2.contoso.com",
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofHours(23))).build());
        events().pipeInput(
                        "ws-3.contoso.com",
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofHours(25))).build());
        events().pipeInput(
                        "ws-4.contoso.com",
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofDays(8))).build());
        assertThat(evidence().readValuesToList())
                .extracting(seen -> seen.getDomain().getScore())
                .containsExactly(32, 32, 29);
        assertThat(domains().readValuesToList()).containsExactly(new FirstSeen("evil.sbs", TEN, "observed", null));
        assertThat(counted(Metric.ENRICHER_NEW_DOMAINS)).isEqualTo(1);
    }

    @Test
    void movesTheFirstSightBackWhenAnEarlierOneArrivesLate() {
        events().pipeInput(
                        HOST,
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofDays(2))).build());
        events().pipeInput(HOST, dns("evil.sbs").setTime(TEN).build());
        events().pipeInput(
                        HOST,
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofDays(2))).build());
        assertThat(domains().readValuesToList())
                .extracting(FirstSeen::getFirstSeen)
                .containsExactly(TEN.plus(Duration.ofDays(2)), TEN);
        assertThat(evidence().readValuesToList())
                .extracting(seen -> seen.getDomain().getFirstSeen())
                .containsExactly(TEN.plus(Duration.ofDays(2)), TEN, TEN);
    }

    @Test
    void givesAReplayTheAnswersOfTheFirstRun() {
        List<Event> history = List.of(
                dns("evil.sbs").build(),
                dns("rnicrosoft-login.top").setTime(TEN.plusSeconds(60)).build(),
                dns("evil.sbs").setTime(TEN.plus(Duration.ofHours(30))).build());
        history.forEach(event -> events().pipeInput(HOST, event));
        List<Evidence> first = evidence().readValuesToList();
        history.forEach(event -> events().pipeInput(HOST, event, TEN.plus(Duration.ofDays(400))));
        assertThat(first).isNotEmpty();
        assertThat(evidence().readValuesToList()).isEqualTo(first);
    }

    @Test
    void takesSeedsForOldAcquaintances() {
        harness.input(topics().domains())
                .pipeInput("evil.sbs", new FirstSeen("evil.sbs", TEN.minus(Duration.ofDays(400)), "seed", null));
        events().pipeInput(HOST, dns("evil.sbs").build());
        assertThat(evidence().readValuesToList()).isEmpty();
        assertThat(domains().readValuesToList()).isEmpty();
    }

    @Test
    void countsNewnessForHalfWhileItLearns() {
        reopen(Duration.ofDays(14), 1_000);
        events().pipeInput(HOST, dns("evil.sbs").build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(learning -> {
            assertThat(learning.getDomain().getScore()).isEqualTo(26);
            assertThat(learning.getDomain().getNovelty()).isEqualTo(PlaceNovelty.LEARNING);
            assertThat(learning.getDomain().getMissing()).contains("newly_observed: learning");
        });
        Instant later = TEN.plus(Duration.ofDays(14));
        events().pipeInput(HOST, dns("fresh.sbs").setTime(later).build(), later);
        assertThat(evidence().readValuesToList())
                .singleElement()
                .extracting(seen -> seen.getDomain().getScore())
                .isEqualTo(32);
    }

    @Test
    void letsOnlyHostsThatAreKnownMakeAPlaceKnown() {
        for (int day : List.of(0, 8)) {
            Instant time = TEN.plus(Duration.ofDays(day));
            events().pipeInput(IP, proxy("10.0.0.5", EVIL).setTime(time).build(), time);
            tick(time.plus(Duration.ofMinutes(11)));
            assertThat(unmarked(evidence().readValuesToList())).singleElement().satisfies(line -> {
                assertThat(line.getHostVia()).isEqualTo(HostVia.UNRESOLVED);
                assertThat(line.getDomain().getNovelty()).isEqualTo(PlaceNovelty.NEW);
            });
        }
        assertThat(domains().isEmpty()).isTrue();
    }

    @Test
    void seesTheFirstProgramOfAPlaceThatIsKnownForLong() {
        harness.input(topics().domains())
                .pipeInput("partner.com", new FirstSeen("partner.com", TEN.minus(Duration.ofDays(400)), "seed", null));
        for (int day : List.of(0, 6, 8)) {
            events().pipeInput(
                            HOST,
                            dns("www.partner.com")
                                    .setTime(TEN.plus(Duration.ofDays(day)))
                                    .build());
            events().pipeInput(
                            HOST,
                            proxy("10.0.0.5", "https://www.partner.com/a.exe")
                                    .setTime(TEN.plus(Duration.ofDays(day)))
                                    .build());
        }
        assertThat(evidence().readValuesToList())
                .hasSize(2)
                .extracting(Evidence::getDomain)
                .allSatisfy(place -> {
                    assertThat(place.getNovelty()).isEqualTo(PlaceNovelty.KNOWN);
                    assertThat(place.getFirstProgram()).isTrue();
                });
    }

    @Test
    void knowsFromASeedThatAPlaceHandedOutProgramsBefore() {
        harness.input(topics().domains())
                .pipeInput(
                        "vendor.com",
                        new FirstSeen("vendor.com", TEN.minus(Duration.ofDays(400)), "seed", Instant.EPOCH));
        events().pipeInput(
                        HOST, proxy("10.0.0.5", "https://www.vendor.com/a.exe").build());

        assertThat(evidence().isEmpty()).isTrue();
    }

    @Test
    void doesNotLetAWrongClockMakeADomainOld() {
        events().pipeInput(
                        HOST,
                        dns("evil.sbs")
                                .setTime(TEN.minus(Duration.ofDays(3_000)))
                                .setTimeQuality(TimeQuality.SUSPECT)
                                .build());
        assertThat(evidence().readValuesToList())
                .singleElement()
                .satisfies(line -> assertThat(line.getDomain().getNovelty()).isEqualTo(PlaceNovelty.NEW));
        assertThat(domains().isEmpty()).isTrue();
    }

    @Test
    void doesNotLetLinesWithOldTimesMakeAPlaceKnownOrOrdinary() {
        Instant old = TEN.minus(Duration.ofDays(7)).plusSeconds(60);
        for (int i = 0; i < 40; i++) {
            String ip = "10.0.1." + i;
            if (i % 2 == 0) {
                harness.input(topics().identities())
                        .pipeInput(
                                "ip:" + ip, new Lease("ip:" + ip, "evil-" + i, old, null, "test", null, false, null));
            }
            events().pipeInput(
                            "ip:" + ip,
                            proxy(ip, "https://evil.sbs/").setTime(old).build());
        }
        settled(TEN.plus(Duration.ofMinutes(11)));
        events().pipeInput(HOST, dns("evil.sbs").build(), TEN.plus(Duration.ofMinutes(12)));
        assertThat(evidence().readValuesToList()).singleElement().satisfies(click -> {
            assertThat(click.getDomain().getNovelty()).isEqualTo(PlaceNovelty.NEW);
            assertThat(click.getDomain().getParts())
                    .extracting(part -> part.getName())
                    .doesNotContain("prevalent");
        });
        assertThat(domains().readValuesToList())
                .extracting(FirstSeen::getFirstSeen)
                .allSatisfy(first -> assertThat(first).isAfterOrEqualTo(TEN.minus(Duration.ofHours(1))));
    }

    @Test
    void findsTheHostOfAnAddressThroughAFloodOfLeasesOfAnySizeAndTime() {
        for (int size = 1; size <= 1_024; size *= 4) {
            for (Duration ahead : List.of(Duration.ofMinutes(-30), Duration.ZERO, Duration.ofMinutes(9))) {
                reopen(Map.of());
                events().pipeInput(
                                IP,
                                dhcp("10.0.0.5", HOST, 28_800)
                                        .setTime(TEN.minusSeconds(3_600))
                                        .build());
                events().pipeInput(
                                HOST, connection(HOST, "10.0.0.5", "192.0.2.7").build());
                turnIdentitiesRound();
                for (int i = 0; i < size; i++) {
                    events().pipeInput(
                                    IP,
                                    dhcp("10.0.0.5", "evil-" + i, 28_800)
                                            .setTime(TEN.plus(ahead).plusMillis(i))
                                            .build());
                }
                turnIdentitiesRound();
                evidence().readValuesToList();
                events().pipeInput(
                                IP,
                                proxy("10.0.0.5", EVIL)
                                        .setTime(TEN.plusSeconds(30))
                                        .build());
                assertThat(settled(TEN.plusSeconds(40)))
                        .as("%d leases, %s ahead", size, ahead)
                        .singleElement()
                        .satisfies(known -> assertResolved(known, HOST));
            }
        }
    }

    @Test
    void theAuditTopicHasHowManyClaimsAFloodMadeItGiveUpAndNoNameOrAddress() {
        for (int i = 0; i < 200; i++) {
            events().pipeInput(
                            IP,
                            dhcp("10.0.0.5", "evil-" + i, 28_800)
                                    .setTime(TEN.plusMillis(i))
                                    .build());
        }
        turnIdentitiesRound();

        harness.advanceWallClock(Duration.ofMinutes(1));

        assertThat(harness.output(topics().audit()).readValuesToList())
                .filteredOn(entry -> entry.getWhat().equals("claims on addresses"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getKind()).isEqualTo(AuditKind.LEASES);
                    assertThat(entry.getOutcome()).isEqualTo(AuditOutcome.REFUSED);
                    assertThat(entry.getCount()).isGreaterThanOrEqualTo(200 - 128);
                    assertThat(entry.toString()).doesNotContain("10.0.0.5", "evil");
                });
    }

    @Test
    void keepsALeaseThroughAFloodOfLaterOnes() {
        for (int size = 1; size <= 1_024; size *= 4) {
            reopen(Map.of());
            events().pipeInput(
                            IP,
                            dhcp("10.0.0.5", HOST, 28_800)
                                    .setTime(TEN.minusSeconds(3_600))
                                    .build());
            turnIdentitiesRound();
            for (int i = 0; i < size; i++) {
                events().pipeInput(
                                IP,
                                dhcp("10.0.0.5", "evil-" + i, 28_800)
                                        .setTime(TEN.plus(Duration.ofMinutes(9)).plusMillis(i))
                                        .build());
            }
            turnIdentitiesRound();
            events().pipeInput(
                            IP,
                            proxy("10.0.0.5", EVIL)
                                    .setTime(TEN.minusSeconds(60))
                                    .build());
            assertThat(settled(TEN.plusSeconds(40)))
                    .as("%d leases", size)
                    .singleElement()
                    .satisfies(known -> assertThat(known.key).isEqualTo(HOST));
        }
    }

    @Test
    void passesWhatSettledOnInAQuietPartition() {
        claim(HOST, TEN.minusSeconds(60));
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        harness.advanceWallClock(Duration.ofSeconds(4));
        assertThat(evidence().isEmpty()).isTrue();
        harness.advanceWallClock(Duration.ofSeconds(2));
        assertResolved(evidence().readKeyValue(), HOST);
        events().pipeInput("ip:10.0.0.6", proxy("10.0.0.6", EVIL).build());
        harness.advanceWallClock(Duration.ofHours(1));
        assertThat(evidence().isEmpty())
                .as("a clock that is set is no time that passes")
                .isTrue();
        for (int minute = 0; minute < 10; minute++) {
            harness.advanceWallClock(Duration.ofMinutes(1));
        }
        assertThat(evidence().readKeyValue().value.getHostVia()).isEqualTo(HostVia.UNRESOLVED);
        harness.advanceWallClock(Duration.ofMinutes(1));
        assertThat(evidence().isEmpty()).isTrue();
    }

    @Test
    void keepsAShortNameThatTwoMachinesHaveUnlessTheDomainDecides() {
        for (String domain : List.of("a.example", "b.example")) {
            harness.input(topics().identities())
                    .pipeInput("ws-9", new Lease("ws-9", "ws-9." + domain, TEN, null, "test", null, false, null));
        }
        for (String domain : List.of("", "B")) {
            events().pipeInput(
                            "ws-9",
                            fileWrite("C:\\Users\\a\\Downloads\\a.iso")
                                    .setHost(Host.newBuilder()
                                            .setName("ws-9")
                                            .setDomain(domain.isEmpty() ? null : domain)
                                            .setPlatform(Platform.WINDOWS)
                                            .build())
                                    .build());
        }
        assertThat(settled(TEN.plusSeconds(40)))
                .extracting(found -> found.key + " " + found.value.getOtherHosts())
                .containsExactlyInAnyOrder("ws-9 [ws-9.a.example, ws-9.b.example]", "ws-9.b.example []");
    }

    @Test
    void resolvesAProxyLineWhoseLeaseCameBefore() {
        claim("ws-1", TEN.minusSeconds(60));
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertThat(evidence().isEmpty()).isTrue();
        assertThat(settled(TEN.plusSeconds(40))).singleElement().satisfies(known -> assertResolved(known, "ws-1"));
    }

    @Test
    void resolvesAProxyLineWhoseLeaseComesAfter() {
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertThat(settled(TEN.plus(Duration.ofMinutes(8)))).isEmpty();
        claim("ws-1", TEN.minusSeconds(60));
        assertThat(settled(TEN.plus(Duration.ofMinutes(9))))
                .singleElement()
                .satisfies(known -> assertResolved(known, "ws-1"));
        assertThat(counted(Metric.ENRICHER_WAITED)).isEqualTo(1);
    }

    @Test
    void sendsOnAtOnceWhatALaterClaimOfTheSameHostConfirms() {
        claim("ws-1", TEN.minusSeconds(60));
        claim("ws-1", TEN.plusSeconds(60));
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertResolved(evidence().readKeyValue(), "ws-1");
        assertThat(settled(TEN.plus(Duration.ofMinutes(30)))).isEmpty();
    }

    @Test
    void sendsEachEventOnUnderOneHostOnly() {
        claim("ws-1", TEN.minusSeconds(3_600));
        Event line = proxy("10.0.0.5", EVIL).build();
        events().pipeInput(IP, line);
        claim("ws-2", TEN.minusSeconds(60));
        assertThat(settled(TEN.plusSeconds(40))).singleElement().satisfies(known -> assertResolved(known, "ws-2"));
        claim("ws-3", TEN.minusSeconds(30));
        events().pipeInput(IP, line, TEN.plusSeconds(50));
        assertThat(settled(TEN.plus(Duration.ofMinutes(30)))).isEmpty();
    }

    @Test
    void followsADhcpAddressThatChangesHandsTwiceInAnHourHoweverTheLinesArrive() {
        String[] hosts = {"ws-1", "ws-2", "ws-3"};
        for (boolean leasesFirst : List.of(true, false)) {
            reopen(Map.of());
            for (int i = 0; i < hosts.length; i++) {
                Instant from = TEN.plus(Duration.ofMinutes(20L * i));
                Event line =
                        proxy("10.0.0.5", EVIL).setTime(from.plusSeconds(30)).build();
                Event late =
                        proxy("10.0.0.5", EVIL).setTime(from.plusSeconds(40)).build();
                var lease =
                        new Lease(IP, hosts[i], from, from.plus(Duration.ofDays(1)), "zeek.dhcp", null, false, null);
                if (leasesFirst) {
                    harness.input(topics().identities()).pipeInput(IP, lease, from);
                }
                events().pipeInput(IP, line, from.plusSeconds(31));
                if (!leasesFirst) {
                    harness.input(topics().identities()).pipeInput(IP, lease, from.plusSeconds(50));
                }
                events().pipeInput(IP, late, from.plus(Duration.ofMinutes(9)));
                assertThat(settled(from.plus(Duration.ofMinutes(15))))
                        .as("leases first: %s, %s", leasesFirst, from)
                        .hasSize(2)
                        .extracting(found -> found.key)
                        .containsOnly(hosts[i]);
            }
        }
    }

    @Test
    void knowsAHostByItsOtherNames() {
        events().pipeInput(
                        HOST,
                        fileWrite("C:\\a.txt")
                                .setHost(Host.newBuilder()
                                        .setName(HOST)
                                        .setId("AID-1")
                                        .setPlatform(Platform.WINDOWS)
                                        .build())
                                .build());
        turnIdentitiesRound();
        for (String name : List.of("ws-1", "aid-1")) {
            events().pipeInput(
                            name,
                            fileWrite("C:\\Users\\a\\Downloads\\a.iso")
                                    .setHost(Host.newBuilder()
                                            .setName(name)
                                            .setPlatform(Platform.WINDOWS)
                                            .build())
                                    .build());
            assertThat(evidence().readKeyValuesToList()).singleElement().satisfies(found -> {
                assertThat(found.key).isEqualTo(HOST);
                assertThat(found.value.getHost()).isEqualTo(HOST);
                assertThat(found.value.getHostVia()).isEqualTo(HostVia.DIRECT);
            });
        }
    }

    /** Falcon sends the name of a host once a day, and events under the agent's id before and after it. */
    @Test
    void knowsAnAgentsHostByAShortNameThatAnotherSourceQualifies() {
        String agent = "1b505ba54bcbbe01d4e719e05c6d9d96";
        events().pipeInput(agent, written(agent, agent, TEN));
        evidence().readKeyValuesToList();
        events().pipeInput("ws-1", written("ws-1", agent, TEN.plusSeconds(60)));
        turnIdentitiesRound();
        events().pipeInput(HOST, written(HOST, null, TEN.plusSeconds(120)));
        turnIdentitiesRound();
        turnIdentitiesRound();
        evidence().readKeyValuesToList();
        events().pipeInput(agent, written(agent, agent, TEN.plusSeconds(180)));
        assertThat(evidence().readKeyValuesToList())
                .singleElement()
                .satisfies(found -> assertThat(found.value.getHost()).isEqualTo(HOST));
    }

    private static Event written(String host, @Nullable String id, Instant time) {
        return fileWrite("C:\\Users\\a\\Downloads\\a.iso")
                .setTime(time)
                .setHost(Host.newBuilder()
                        .setName(host)
                        .setId(id)
                        .setPlatform(Platform.WINDOWS)
                        .build())
                .build();
    }

    @Test
    void findsTheHostOfAUserByTheAddressThatATicketWasAskedFrom() {
        for (boolean leaseFirst : List.of(true, false)) {
            reopen(Map.of());
            if (leaseFirst) {
                claim("ws-1", TEN.minusSeconds(60));
            }
            events().pipeInput(
                            "dc-1",
                            event(EventKind.LOGON, "windows.security")
                                    .setHost(Host.newBuilder()
                                            .setName("dc-1")
                                            .setPlatform(Platform.WINDOWS)
                                            .build())
                                    .setUser(new User("alice", "CONTOSO", null, null))
                                    .setLogon(
                                            Logon.newBuilder().setIp("10.0.0.5").build())
                                    .build());
            turnIdentitiesRound();
            if (!leaseFirst) {
                claim("ws-1", TEN.minusSeconds(60));
                turnIdentitiesRound();
            }
            events().pipeInput("user:contoso\\alice", click().build());
            assertThat(settled(TEN.plusSeconds(40)))
                    .as("lease first: %s", leaseFirst)
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.key).isEqualTo("ws-1");
                        assertThat(found.value.getHostVia()).isEqualTo(HostVia.USER_LEASE);
                    });
        }
    }

    @Test
    void findsTheHostOfAClickThatKnowsOnlyTheMailAddress() {
        events().pipeInput(
                        HOST,
                        fileWrite("C:\\a.txt")
                                .setUser(new User("alice", "CONTOSO", "S-1-5-21-1-2-3-1104", "Alice@contoso.com"))
                                .build());
        turnIdentitiesRound();
        events().pipeInput("user:alice@contoso.com", click().build());
        assertThat(settled(TEN.plusSeconds(40))).singleElement().satisfies(found -> {
            assertThat(found.key).isEqualTo(HOST);
            assertThat(found.value.getUser()).isEqualTo("contoso\\alice");
        });
    }

    @Test
    void knowsAParentThatAnEventNamesByItsPidAlone() {
        events().pipeInput(
                        "lx-1.contoso.com",
                        started(100, "/usr/bin/thunderbird", "thunderbird", 1).build());
        events().pipeInput(
                        "lx-1.contoso.com",
                        started(200, "/usr/lib/firefox/firefox", "firefox " + EVIL, 100)
                                .build());
        assertThat(evidence().readValuesToList())
                .filteredOn(found -> found.getRoles().contains(Role.CLICK))
                .singleElement()
                .satisfies(click -> {
                    assertThat(click.getProcess().getParentApplication()).isEqualTo("thunderbird");
                    assertThat(click.getWeakClick()).isFalse();
                    assertThat(click.getEvent().getProcess().getParent().getEntityId())
                            .isEqualTo("lx-1.contoso.com:100");
                });
        events().pipeInput(
                        "lx-2.contoso.com",
                        started(200, "/usr/lib/firefox/firefox", "firefox " + EVIL, 100)
                                .build());
        assertThat(evidence().readValuesToList())
                .as("another host's pid")
                .singleElement()
                .satisfies(click -> assertThat(click.getWeakClick()).isTrue());
    }

    @Test
    void takesAPidThatWasGivenAgainForAnotherProcess() {
        events().pipeInput(
                        "lx-1.contoso.com",
                        started(100, "/usr/bin/thunderbird", "thunderbird", 1).build());
        events().pipeInput(
                        "lx-1.contoso.com",
                        started(100, "/usr/sbin/smartd", "smartd", 1)
                                .setTime(TEN.plusSeconds(1))
                                .build());
        events().pipeInput(
                        "lx-1.contoso.com",
                        started(200, "/usr/lib/firefox/firefox", "firefox " + EVIL, 100)
                                .setTime(TEN.plusSeconds(2))
                                .build());
        assertThat(evidence().readValuesToList())
                .filteredOn(found -> found.getRoles().contains(Role.CLICK))
                .singleElement()
                .satisfies(click -> assertThat(click.getWeakClick()).isTrue());
    }

    @Test
    void knowsTheProcessOfAConnectionThatHasOnlyAPid() {
        events().pipeInput(
                        "lx-1.contoso.com",
                        started(200, "/usr/lib/firefox/firefox", "firefox", 1).build());
        evidence().readValuesToList();
        events().pipeInput(
                        "lx-1.contoso.com",
                        dns("evil.sbs")
                                .setHost(Host.newBuilder()
                                        .setName("lx-1.contoso.com")
                                        .setPlatform(Platform.LINUX)
                                        .build())
                                .setProcess(Process.newBuilder().setPid(200L).build())
                                .build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(egress -> {
            assertThat(egress.getEvent().getProcess().getEntityId()).isEqualTo("lx-1.contoso.com:200");
            assertThat(egress.getProcess().getApplication()).isEqualTo("firefox");
        });
    }

    /** A start as auditd reports it. */
    private static Event.Builder started(long pid, String image, String commandLine, long parent) {
        return event(EventKind.PROCESS_START, "linux.auditd")
                .setHost(Host.newBuilder()
                        .setName("lx-1.contoso.com")
                        .setPlatform(Platform.LINUX)
                        .build())
                .setProcess(Process.newBuilder()
                        .setEntityId("lx-1.contoso.com:" + pid)
                        .setPid(pid)
                        .setExecutable(image)
                        .setCommandLine(commandLine)
                        .setParent(ParentProcess.newBuilder().setPid(parent).build())
                        .build());
    }

    @Test
    void reportsCoverageUnderTheNameThatEvidenceHas() {
        harness.input(topics().identities())
                .pipeInput("aid-1", new Lease("aid-1", HOST, TEN, null, "test", null, false, null));
        events().pipeInput(
                        "aid-1",
                        dns("www.bbc.co.uk")
                                .setHost(Host.newBuilder()
                                        .setName("aid-1")
                                        .setPlatform(Platform.WINDOWS)
                                        .build())
                                .build());
        assertThat(harness.output(topics().coverage()).readKeyValuesToList())
                .containsExactly(KeyValue.pair(HOST, new Coverage(HOST, EventKind.DNS_QUERY, "windows.sysmon", TEN)));
    }

    @Test
    void reportsAgainWhenEachSensorWasHeardAsSoonAsTheQualifiedNameIsKnown() {
        for (int minutes : List.of(0, 20, 200)) {
            events().pipeInput(
                            "ws-1",
                            dns("www.bbc.co.uk")
                                    .setTime(TEN.plusSeconds(minutes * 60L))
                                    .setHost(Host.newBuilder()
                                            .setName("ws-1")
                                            .setPlatform(Platform.WINDOWS)
                                            .build())
                                    .build());
        }
        harness.output(topics().coverage()).readKeyValuesToList();
        harness.input(topics().identities())
                .pipeInput("ws-1", new Lease("ws-1", HOST, TEN, null, "test", null, false, null));

        assertThat(harness.output(topics().coverage()).readValuesToList())
                .extracting(Coverage::getHost, Coverage::getLastSeen)
                .containsExactly(
                        tuple(HOST, TEN), tuple(HOST, TEN.plusSeconds(1_200)), tuple(HOST, TEN.plusSeconds(12_000)));
    }

    @Test
    void neitherLearnsFromNorResolvesSharedAddresses() {
        reopen(Map.of("shared-addresses.nat", "10.0.0.0/24"));
        events().pipeInput(HOST, connection(HOST, "10.0.0.5", "192.0.2.7").build());
        assertThat(harness.output(topics().identities()).readKeyValuesToList())
                .noneMatch(claim -> claim.key.startsWith("ip:"));
        evidence().readValuesToList();
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(shared -> {
            assertThat(shared.getHost()).isEqualTo(IP);
            assertThat(shared.getSharedAddress()).isEqualTo("nat");
        });
    }

    @Test
    void raisesWhatIntelNamesAlthoughItCameLater() {
        events().pipeInput(HOST, processStart(CHROME, CHROME + " https://blog.example.org/a", OUTLOOK));
        events().pipeInput(HOST, dns("blog.example.org").build());
        assertThat(evidence().readValuesToList())
                .hasSize(2)
                .allSatisfy(quiet -> assertThat(quiet.getDomain().getScore()).isLessThan(30));
        intel(IndicatorType.TENANT_KEY, "example.org", 90, TEN.plusSeconds(60));
        harness.advanceWallClock(Duration.ofSeconds(2));
        List<Evidence> raised = evidence().readValuesToList();
        assertThat(raised).hasSize(2).allSatisfy(more -> {
            assertThat(more.getDomain().getScore()).isEqualTo(68);
            assertThat(more.getDomain().getIntel()).singleElement().satisfies(match -> {
                assertThat(match.getSources()).containsExactly("urlhaus");
                assertThat(match.getConfidence()).isEqualTo(90);
            });
        });
        assertThat(raised.get(0).getRoles()).contains(Role.CLICK);
        assertThat(raised.get(1).getRoles()).containsExactly(Role.EGRESS);
        assertThat(counted(Metric.INTEL_RAISED)).isEqualTo(2);
        harness.advanceWallClock(Duration.ofSeconds(5));
        intel(IndicatorType.TENANT_KEY, "example.org", 80, TEN.plusSeconds(60));
        harness.advanceWallClock(Duration.ofSeconds(5));
        assertThat(evidence().isEmpty()).isTrue();
    }

    @Test
    void raisesAQuietProxyLineUnderTheHostThatHadTheAddress() {
        claim("ws-1", TEN.minusSeconds(60));
        events().pipeInput(IP, proxy("10.0.0.5", "https://blog.example.org/a").build());
        assertThat(settled(TEN.plusSeconds(40)))
                .singleElement()
                .satisfies(
                        quiet -> assertThat(quiet.value.getDomain().getScore()).isLessThan(30));
        intel(IndicatorType.URL, "https://blog.example.org/a", 90, TEN.plusSeconds(60));
        harness.advanceWallClock(Duration.ofSeconds(2));
        assertThat(settled(TEN.plusSeconds(80))).singleElement().satisfies(known -> {
            assertResolved(known, "ws-1");
            assertThat(known.value.getDomain().getScore()).isEqualTo(90);
        });
    }

    @Test
    void saysTheSameOfIntelThatCameBefore() {
        intel(IndicatorType.TENANT_KEY, "example.org", 90, TEN);
        events().pipeInput(HOST, dns("blog.example.org").build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(known -> {
            assertThat(known.getRoles()).containsExactly(Role.EGRESS);
            assertThat(known.getDomain().getScore()).isEqualTo(68);
            assertThat(known.getDomain().getMissing()).doesNotContain("intel");
        });
    }

    @Test
    void letsIntelBeatTheAllowListAndSaysSo() {
        intel(IndicatorType.URL, "https://dl.google.com/evil.exe", 90, TEN);
        events().pipeInput(
                        HOST,
                        event(EventKind.HTTP_REQUEST, "windows.edr")
                                .setHost(Host.newBuilder()
                                        .setName(HOST)
                                        .setPlatform(Platform.WINDOWS)
                                        .build())
                                .setUrl(new Url("https://dl.google.com/evil.exe"))
                                .build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(known -> {
            assertThat(known.getRoles()).containsExactly(Role.EGRESS);
            assertThat(known.getDomain().getScore()).isEqualTo(90);
            assertThat(known.getDomain().getParts())
                    .anySatisfy(part -> assertThat(part.getEvidence())
                            .contains("urlhaus lists this URL")
                            .contains("allowed by the operator all the same: dl.google.com"));
        });
        assertThat(Metric.ENRICHER_ALLOWED
                        .counter(harness.meters(), "entry", "dl.google.com")
                        .count())
                .isPositive();
    }

    @Test
    void countsTheIndicatorsInForce() {
        var indicators = harness.meters().get(Metric.INTEL_INDICATORS.id()).gauge();
        intel(IndicatorType.TENANT_KEY, "example.org", 90, TEN);
        intel(IndicatorType.TENANT_KEY, "example.net", 90, TEN);
        assertThat(indicators.value()).isEqualTo(2);

        harness.input(topics().intel()).pipeInput("urlhaus TENANT_KEY example.org", null);
        assertThat(indicators.value()).isEqualTo(1);
    }

    @Test
    void takesBackWhatASourceTakesBack() {
        intel(IndicatorType.TENANT_KEY, "example.org", 90, TEN);
        harness.input(topics().intel()).pipeInput("urlhaus TENANT_KEY example.org", null);
        events().pipeInput(HOST, dns("blog.example.org").build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(quiet -> {
            assertThat(quiet.getDomain().getScore()).isLessThan(30);
            assertThat(quiet.getDomain().getIntel()).isEmpty();
        });
    }

    @Test
    void forgetsDomainsAfterHalfAYearOfSilence() {
        events().pipeInput(HOST, dns("old.sbs").build());
        Instant later = TEN.plus(Duration.ofDays(182));
        events().pipeInput(HOST, dns("young.sbs").setTime(later).build(), later);
        events().pipeInput(
                        HOST, dns("young.sbs").setTime(later.plusSeconds(120)).build(), later.plusSeconds(120));
        assertThat(domains().readKeyValuesToList())
                .extracting(entry -> entry.key + (entry.value == null ? " forgotten" : ""))
                .containsExactly("old.sbs", "young.sbs", "old.sbs forgotten");
        assertThat(counted(Metric.ENRICHER_EXPIRED_DOMAINS)).isEqualTo(1);
    }

    @Test
    void keepsNoMoreNewNamesBelowASuffixThanItsCap() {
        reopen(Map.of("new-names-per-suffix", "3"));
        for (int i = 0; i < 5; i++) {
            events().pipeInput(HOST, dns("evil" + i + ".pages.dev").build());
        }
        assertThat(domains().readKeyValuesToList()).hasSize(3);
        assertThat(counted(Metric.ENRICHER_CAPPED_DOMAINS)).isEqualTo(2);
        assertThat(evidence().readValuesToList())
                .filteredOn(found -> found.getDomain().getParts().stream()
                        .anyMatch(part -> part.getName().equals("suffix_burst")))
                .hasSize(2);
    }

    @Test
    void endsLearningWhenHistoryIsSeeded() {
        reopen(Map.of("learning", "P14D"));
        harness.input(topics().domains())
                .pipeInput("learning is over", new FirstSeen("learning is over", Instant.EPOCH, "seed", null));
        events().pipeInput(HOST, dns("evil.sbs").build());
        assertThat(evidence().readValuesToList())
                .singleElement()
                .extracting(seen -> seen.getDomain().getScore())
                .isEqualTo(32);
    }

    @Test
    void givesTheSiemEveryEventInEcsNames() {
        reopen(Map.of("enriched-events", "ecs"));
        claim("ws-1", TEN.minusSeconds(60));
        events().pipeInput(IP, proxy("10.0.0.5", "https://www.bbc.co.uk/news").build());
        events().pipeInput(HOST, event(EventKind.EMAIL, "mail").build());
        assertThat(harness.output(topics().eventsEnrichedEcs()).readKeyValuesToList())
                .hasSize(2)
                .first()
                .satisfies(line -> {
                    assertThat(line.key).isEqualTo("ws-1");
                    assertThat(line.value)
                            .startsWith("{\"@timestamp\":")
                            .contains("\"url\":{\"original\":\"https://www.bbc.co.uk/news\"}")
                            .contains("\"clicktrail\":{")
                            .contains("\"host\":\"ws-1\"")
                            .contains("\"tenant_key\":\"bbc.co.uk\"");
                });
    }

    @Test
    void passesWhatNobodyClaimsOnWhenTheGraceIsOver() {
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        tick(TEN.plus(Duration.ofMinutes(9)));
        assertThat(unmarked(evidence().readValuesToList())).isEmpty();
        tick(TEN.plus(Duration.ofMinutes(11)));
        assertThat(unmarked(evidence().readValuesToList())).singleElement().satisfies(lost -> {
            assertThat(lost.getHost()).isEqualTo(IP);
            assertThat(lost.getHostVia()).isEqualTo(HostVia.UNRESOLVED);
        });
        assertThat(counted(Metric.ENRICHER_UNRESOLVED)).isEqualTo(1);
        claim("ws-1", TEN.minusSeconds(60));
        assertThat(evidence().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT11S", "PT59M", "P365D"})
    void aRecordDatedAheadLetsNothingGoThatWaits(Duration ahead) {
        reopenLive();
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        events().pipeInput("ws-9", dns("other.sbs").build(), TEN.plus(ahead));
        assertThat(evidence().readValuesToList()).extracting(Evidence::getHost).doesNotContain(IP);

        claim("ws-1", TEN.minusSeconds(60));
        harness.advanceWallClock(Duration.ofMinutes(1));

        assertThat(evidence().readKeyValuesToList())
                .filteredOn(found -> found.key.equals("ws-1"))
                .singleElement()
                .satisfies(known -> assertResolved(known, "ws-1"));
        assertThat(counted(Metric.ENRICHER_UNRESOLVED)).isZero();
    }

    @Test
    void whatWaitsGoesOnByTheWallClockInAQuietPartition() {
        reopenLive();
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        advanceMinutes(9);
        assertThat(evidence().isEmpty()).isTrue();

        advanceMinutes(2);

        assertThat(evidence().readValuesToList())
                .singleElement()
                .satisfies(lost -> assertThat(lost.getHostVia()).isEqualTo(HostVia.UNRESOLVED));
    }

    @Test
    void whatWaitsGoesOnByTheWallClockWhereEveryRecordIsDatedBack() {
        reopenLive();
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        for (int minute = 0; minute < 12; minute++) {
            harness.advanceWallClock(Duration.ofMinutes(1));
            tick(TEN.minus(Duration.ofDays(1)));
        }

        assertThat(unmarked(evidence().readValuesToList()))
                .singleElement()
                .satisfies(lost -> assertThat(lost.getHostVia()).isEqualTo(HostVia.UNRESOLVED));
    }

    @Test
    void letsTheLongestWaitingGoWhenTheRoomIsFull() {
        reopen(Duration.ZERO, 2);
        for (int i = 0; i < 3; i++) {
            events().pipeInput(IP, proxy("10.0.0.5", EVIL).build(), TEN.plusSeconds(i));
        }
        assertThat(evidence().readValuesToList()).hasSize(1);
        assertThat(counted(Metric.ENRICHER_PENDING_EVICTED)).isEqualTo(1);
    }

    @Test
    void endsWithTheSameHostsInWhateverOrderLinesAndLeasesArrive() {
        long seed = 11;
        var random = new Random(seed);
        List<Runnable> arrivals = new ArrayList<>();
        String[] hosts = {"ws-1", "ws-2", "ws-1"};
        for (int i = 0; i < hosts.length; i++) {
            String host = hosts[i];
            Instant from = TEN.plus(Duration.ofMinutes(20L * i));
            arrivals.add(() -> claim(host, from));
        }
        for (int i = 0; i < 6; i++) {
            Event line = proxy("10.0.0.5", EVIL)
                    .setTime(TEN.plus(Duration.ofMinutes(10L * i)))
                    .build();
            arrivals.add(() -> events().pipeInput(IP, line));
        }
        reopen(Map.of("lease-settling", "PT10M"));
        TreeMap<String, String> expected = finalHosts(arrivals);
        assertThat(expected).hasSize(6);
        assertThat(expected.values()).contains("ws-1", "ws-2");
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(arrivals, random);
            reopen(Map.of("lease-settling", "PT10M"));
            assertThat(finalHosts(arrivals)).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void learnsHostsFromConnectionsLeasesAndLogons() {
        events().pipeInput(HOST, connection(HOST, "10.0.0.5", "192.0.2.7").build());
        events().pipeInput(
                        HOST,
                        connection(HOST, "10.0.0.5", "192.0.2.8")
                                .setTime(TEN.plusSeconds(599))
                                .build());
        events().pipeInput(
                        HOST,
                        connection(HOST, "10.0.0.5", "192.0.2.9")
                                .setTime(TEN.plusSeconds(600))
                                .build());
        events().pipeInput("ip:10.0.0.6", dhcp("10.0.0.6", "WS-2", 3600).build());
        events().pipeInput(HOST, logon(HOST, 2).build());
        assertThat(harness.output(topics().identities()).readKeyValuesToList())
                .filteredOn(claim -> claim.key.indexOf(':') > 0)
                .extracting(claim -> claim.key + " " + claim.value.getHost() + " " + claim.value.getFrom())
                .containsExactly(
                        "ip:10.0.0.5 " + HOST + " " + TEN,
                        "ip:10.0.0.5 " + HOST + " " + TEN.plusSeconds(600),
                        "ip:10.0.0.6 ws-2 " + TEN,
                        "user:contoso\\alice " + HOST + " " + TEN,
                        "user:alice@contoso.com " + HOST + " " + TEN);
    }

    @Test
    void reportsCoverageAtMostEveryFiveMinutesForEachSensor() {
        events().pipeInput(HOST, dns("a.com").build());
        events().pipeInput(HOST, dns("b.com").setTime(TEN.plusSeconds(299)).build());
        events().pipeInput(HOST, fileWrite("C:\\a.txt").build());
        events().pipeInput(HOST, dns("c.com").setTime(TEN.plusSeconds(300)).build());
        assertThat(harness.output(topics().coverage()).readKeyValuesToList())
                .containsExactly(
                        KeyValue.pair(HOST, new Coverage(HOST, EventKind.DNS_QUERY, "windows.sysmon", TEN)),
                        KeyValue.pair(HOST, new Coverage(HOST, EventKind.FILE_WRITE, "windows.sysmon", TEN)),
                        KeyValue.pair(
                                HOST, new Coverage(HOST, EventKind.DNS_QUERY, "windows.sysmon", TEN.plusSeconds(300))));
    }

    @Test
    void obeysANewTuningAtOnceAndKeepsTheOldOneWhenItIsInvalid() {
        Tuning builtIn = TestTunings.builtIn(Platform.WINDOWS).document();
        TestInputTopic<String, Tuning> tunings = harness.input(topics().tuning());
        tunings.pipeInput(
                "WINDOWS",
                Tuning.newBuilder(builtIn)
                        .setVersion("strict")
                        .setDomainRiskScore(10)
                        .build());
        events().pipeInput(HOST, dns("example.com").build());
        assertThat(evidence().readValuesToList())
                .singleElement()
                .extracting(Evidence::getTuningVersion)
                .isEqualTo("strict");
        tunings.pipeInput(
                "WINDOWS",
                Tuning.newBuilder(builtIn)
                        .setVersion("broken")
                        .setDomainRiskScore(0)
                        .build());
        events().pipeInput(HOST, dns("example.com").build());
        assertThat(evidence().readValuesToList())
                .singleElement()
                .extracting(Evidence::getTuningVersion)
                .isEqualTo("strict");
        assertThat(counted(Metric.TUNING_REFUSED)).isEqualTo(1);
        tunings.pipeInput("WINDOWS", null);
        events().pipeInput(HOST, dns("example.com").build());
        assertThat(evidence().readValuesToList())
                .singleElement()
                .extracting(Evidence::getTuningVersion)
                .isEqualTo(builtIn.getVersion());
    }

    @Test
    void forwardsHeartbeatsAsEvidenceOfNothing() {
        tick(TEN.plusSeconds(5));
        assertThat(evidence().readRecordsToList()).singleElement().satisfies((TestRecord<String, Evidence> beat) -> {
            assertThat(beat.key()).isEqualTo("heartbeat");
            assertThat(beat.getRecordTime()).isEqualTo(TEN.plusSeconds(5));
            assertThat(beat.value().getRoles()).isEmpty();
            assertThat(beat.value().getEvent().getKind()).isEqualTo(EventKind.HEARTBEAT);
        });
    }

    @Test
    void takesTheTimeOfACanaryAndSendsItOn() {
        var canary = event(EventKind.HEARTBEAT, Canary.DATASET).setTime(TEN).build();
        events().pipeInput("heartbeat", canary, TEN);

        assertThat(evidence().readValuesToList())
                .singleElement()
                .satisfies(item -> assertThat(Canary.is(item.getEvent())).isTrue());
        assertThat(harness.meters().get(Metric.CANARY.id()).timer().count()).isEqualTo(1);
    }

    @Test
    void mailsAlertsOfOtherProductsAndSightingsAreContext() {
        var mail = Email.newBuilder()
                .setTo(List.of("alice@contoso.com"))
                .setUrls(List.of(EVIL))
                .build();
        var alert = SecurityAlert.newBuilder().setTitle("Suspicious script").build();
        events().pipeInput(
                        "gateway", event(EventKind.EMAIL, "mail").setEmail(mail).build());
        events().pipeInput(
                        HOST,
                        event(EventKind.SECURITY_ALERT, "edr")
                                .setSecurityAlert(alert)
                                .build());
        events().pipeInput(HOST, dns("evil.sbs").build());
        events().pipeInput(HOST, fileWrite("C:\\Windows\\a.txt").build());

        List<ContextFact> facts = context();
        assertThat(facts)
                .extracting(ContextFact::getKind)
                .containsExactly(ContextKind.EMAIL, ContextKind.SECURITY_ALERT, ContextKind.SIGHTING);
        assertThat(facts.get(0).getEmail()).isEqualTo(mail);
        assertThat(facts.get(1).getHost()).isEqualTo(HOST);
        assertThat(facts.get(1).getSecurityAlert()).isEqualTo(alert);
        assertThat(facts.get(2).getHost()).isEqualTo(HOST);
        assertThat(facts.get(2).getTenantKey()).isEqualTo("evil.sbs");
    }

    @Test
    void aSightingIsRepeatedOnlyWhereItIsEarlierOrAnHourLater() {
        for (int minutes : List.of(0, 59, -1, 58, 59)) {
            Instant time = TEN.plus(Duration.ofMinutes(minutes));
            events().pipeInput(HOST, dns("evil.sbs").setTime(time).build());
        }

        assertThat(context())
                .extracting(ContextFact::getTime)
                .containsExactly(TEN, TEN.minusSeconds(60), TEN.plus(Duration.ofMinutes(59)));
    }

    @Test
    void aConnectionOfAProcessIsRepeatedOnlyWhereItIsEarlierOrAnHourLater() {
        for (int minutes : List.of(0, 59, -1, 58, 59)) {
            Instant time = TEN.plus(Duration.ofMinutes(minutes));
            events().pipeInput(
                            HOST,
                            connection(HOST, "10.0.0.5", "192.0.2.7")
                                    .setProcess(Process.newBuilder()
                                            .setEntityId("p-7")
                                            .setExecutable("C:\\Users\\a\\x.exe")
                                            .build())
                                    .setTime(time)
                                    .build());
        }

        assertThat(context())
                .filteredOn(fact -> fact.getKind() == ContextKind.CONNECTION)
                .extracting(ContextFact::getTime)
                .containsExactly(TEN, TEN.minusSeconds(60), TEN.plus(Duration.ofMinutes(59)));
    }

    @Test
    void anAddressWithoutHostAndUserIsNoSighting() {
        reopen(Duration.ZERO, 1);
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        events().pipeInput(IP, proxy("10.0.0.5", EVIL + "/2").build());

        assertThat(evidence().readValuesToList()).isNotEmpty();
        assertThat(context()).isEmpty();
    }

    @Test
    void countsWhatItReadsAndWritesByRole() {
        events().pipeInput(HOST, processStart(CHROME, CHROME + " " + EVIL, OUTLOOK));
        events().pipeInput(HOST, dns("www.bbc.co.uk").build());
        assertThat(evidence().readValuesToList())
                .singleElement()
                .satisfies(click -> assertThat(click.getRoles()).containsExactly(Role.LINEAGE, Role.CLICK));
        assertThat(counted(Metric.ENRICHER_RECEIVED)).isEqualTo(2);
        assertThat(Metric.ENRICHER_EVIDENCE
                        .counter(harness.meters(), "role", "click")
                        .count())
                .isEqualTo(1);
        assertThat(harness.deadLetters().isEmpty()).isTrue();
    }

    private TreeMap<String, String> finalHosts(List<Runnable> arrivals) {
        arrivals.forEach(Runnable::run);
        var hosts = new TreeMap<String, String>();
        for (var found : settled(TEN.plus(Duration.ofMinutes(11)))) {
            assertThat(hosts.put(found.value.getEvent().getEventId(), found.key))
                    .isNull();
        }
        return hosts;
    }

    private void claim(String host, Instant from) {
        harness.input(topics().identities()).pipeInput(IP, new Lease(IP, host, from, null, "test", null, false, null));
    }

    /** What the enricher says of hosts comes back to it. */
    private void turnIdentitiesRound() {
        TestOutputTopic<String, Lease> said = harness.output(topics().identities());
        for (var claims = said.readKeyValuesToList(); !claims.isEmpty(); claims = said.readKeyValuesToList()) {
            claims.forEach(claim -> harness.input(topics().identities()).pipeInput(claim.key, claim.value));
        }
    }

    /** A click that a mail gateway reports. */
    private static Event.Builder click() {
        return event(EventKind.URL_OPEN, "proofpoint.tap").setUrl(new Url(EVIL));
    }

    private void intel(IndicatorType type, String value, int confidence, Instant listed) {
        var indicator = new Indicator(
                type, value, "urlhaus", confidence, "malware_download", listed, listed.plus(Duration.ofDays(30)), null);
        harness.input(topics().intel()).pipeInput(IntelTable.key(indicator), indicator);
    }

    /** Evidence that has come by a time, without heartbeats. */
    private List<KeyValue<String, Evidence>> settled(Instant delivered) {
        tick(delivered);
        return evidence().readKeyValuesToList().stream()
                .filter(found -> found.value.getEvent().getKind() != EventKind.HEARTBEAT)
                .toList();
    }

    private void tick(Instant delivered) {
        events().pipeInput(
                        "heartbeat",
                        event(EventKind.HEARTBEAT, "heartbeat")
                                .setTime(delivered)
                                .build(),
                        delivered);
    }

    private static List<Evidence> unmarked(List<Evidence> all) {
        return all.stream()
                .filter(found -> found.getEvent().getKind() != EventKind.HEARTBEAT)
                .toList();
    }

    private static void assertResolved(KeyValue<String, Evidence> found, String host) {
        assertThat(found.key).isEqualTo(host);
        assertThat(found.value.getHost()).isEqualTo(host);
        assertThat(found.value.getHostVia()).isEqualTo(HostVia.ADDRESS_LEASE);
        assertThat(found.value.getOtherHosts()).isEmpty();
    }

    private double counted(Metric metric) {
        return metric.counter(harness.meters()).count();
    }

    private Topics topics() {
        return harness.topics();
    }

    private TestInputTopic<String, Event> events() {
        return harness.input(topics().events());
    }

    private TestOutputTopic<String, Evidence> evidence() {
        return harness.output(topics().evidence());
    }

    private List<ContextFact> context() {
        return harness.output(topics().context()).readValuesToList();
    }

    private TestOutputTopic<String, FirstSeen> domains() {
        return harness.output(topics().domains());
    }

    private void reopen(Duration learning, int waiting) {
        harness.close();
        harness = harness(learning, waiting);
    }

    private static TopologyHarness harness(Duration learning, int waiting) {
        return harness(Map.of("learning", learning.toString(), "waiting-evidence", Integer.toString(waiting)));
    }

    private static TopologyHarness harness(Map<String, String> settings) {
        return new TopologyHarness(topology(settings));
    }

    private void advanceMinutes(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            harness.advanceWallClock(Duration.ofMinutes(1));
        }
    }

    private void reopenLive() {
        harness.close();
        harness = TopologyHarness.live(topology(Map.of()));
    }

    private static TopologyHarness.Build topology(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>(Map.of("clicktrail.enricher.learning", "PT0S"));
        settings.forEach((key, value) -> keys.put("clicktrail.enricher." + key, value));
        EnricherSettings bound = new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("clicktrail.enricher", EnricherSettings.class);
        return (builder, topics, meters) ->
                EnricherTopology.build(builder, topics, bound, TestTunings.CATALOGUES, meters);
    }

    private void reopen(Map<String, String> settings) {
        harness.close();
        harness = harness(settings);
    }
}
