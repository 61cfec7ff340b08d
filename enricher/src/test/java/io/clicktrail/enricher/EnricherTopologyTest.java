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

import io.clicktrail.coverage.Coverage;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import io.clicktrail.identity.Lease;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        events().pipeInput(HOST, dns("example.com").build());
        assertThat(evidence().isEmpty()).isTrue();
        assertThat(domains().readValuesToList())
                .extracting(FirstSeen::getTenantKey)
                .containsExactly("example.com");
    }

    @Test
    void seesADomainAsNewForEveryHostInItsFirstHours() {
        events().pipeInput("ws-1", dns("evil.sbs").build());
        events().pipeInput(
                        "ws-2",
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofHours(23))).build());
        events().pipeInput(
                        "ws-3",
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofHours(25))).build());
        events().pipeInput(
                        "ws-4",
                        dns("evil.sbs").setTime(TEN.plus(Duration.ofDays(8))).build());
        assertThat(evidence().readValuesToList())
                .extracting(seen -> seen.getDomain().getScore())
                .containsExactly(32, 32);
        assertThat(domains().readValuesToList()).containsExactly(new FirstSeen("evil.sbs", TEN, "observed"));
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
                .containsExactly(TEN.plus(Duration.ofDays(2)), TEN);
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
                .pipeInput("evil.sbs", new FirstSeen("evil.sbs", TEN.minus(Duration.ofDays(400)), "seed"));
        events().pipeInput(HOST, dns("evil.sbs").build());
        assertThat(evidence().isEmpty()).isTrue();
        assertThat(domains().readValuesToList()).isEmpty();
    }

    @Test
    void countsNothingAsNewWhileItLearns() {
        reopen(Duration.ofDays(14), 1_000);
        events().pipeInput(HOST, dns("evil.sbs").build());
        events().pipeInput(HOST, dns("rnicrosoft-login.top").build());
        assertThat(evidence().readValuesToList()).singleElement().satisfies(learning -> {
            assertThat(learning.getDomain().getScore()).isEqualTo(39);
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
    void doesNotLetAWrongClockMakeADomainOld() {
        events().pipeInput(
                        HOST,
                        dns("evil.sbs")
                                .setTime(TEN.minus(Duration.ofDays(3_000)))
                                .setTimeQuality(TimeQuality.SUSPECT)
                                .build());
        assertThat(domains().readValuesToList())
                .extracting(FirstSeen::getFirstSeen)
                .containsExactly(TEN);
    }

    @Test
    void resolvesAProxyLineWhoseLeaseCameBefore() {
        claim("ws-1", TEN.minusSeconds(60));
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertThat(evidence().readKeyValuesToList()).singleElement().satisfies(known -> assertResolved(known, "ws-1"));
    }

    @Test
    void resolvesAProxyLineWhoseLeaseComesAfter() {
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertThat(evidence().isEmpty()).isTrue();
        claim("ws-1", TEN.minusSeconds(60));
        assertThat(evidence().readKeyValuesToList()).singleElement().satisfies(known -> assertResolved(known, "ws-1"));
        assertThat(counted(Metric.ENRICHER_WAITED)).isEqualTo(1);
    }

    @Test
    void correctsTheHostWhenABetterLeaseComesInsideTheGrace() {
        claim("ws-1", TEN.minusSeconds(3_600));
        events().pipeInput(IP, proxy("10.0.0.5", EVIL).build());
        assertResolved(evidence().readKeyValue(), "ws-1");
        claim("ws-2", TEN.minusSeconds(60));
        assertResolved(evidence().readKeyValue(), "ws-2");
        claim("ws-2", TEN.minusSeconds(30));
        assertThat(evidence().isEmpty()).isTrue();
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

    @Test
    void letsTheLongestWaitingGoWhenTheRoomIsFull() {
        reopen(Duration.ZERO, 2);
        for (int i = 0; i < 3; i++) {
            events().pipeInput(IP, proxy("10.0.0.5", EVIL).build(), TEN.plusSeconds(i));
        }
        assertThat(evidence().readValuesToList()).hasSize(1);
        assertThat(counted(Metric.ENRICHER_CROWDED_OUT)).isEqualTo(1);
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
        TreeMap<String, String> expected = finalHosts(arrivals);
        assertThat(expected).hasSize(6);
        assertThat(expected.values()).contains("ws-1", "ws-2");
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(arrivals, random);
            reopen(Duration.ZERO, 1_000);
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
                .extracting(claim -> claim.key + " " + claim.value.getHost() + " " + claim.value.getFrom())
                .containsExactly(
                        "ip:10.0.0.5 " + HOST + " " + TEN,
                        "ip:10.0.0.5 " + HOST + " " + TEN.plusSeconds(600),
                        "ip:10.0.0.6 ws-2 " + TEN,
                        "user:contoso\\alice " + HOST + " " + TEN);
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
        assertThat(evidence().isEmpty()).isTrue();
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
        for (Evidence found : evidence().readValuesToList()) {
            hosts.put(found.getEvent().getEventId(), found.getHost());
        }
        return hosts;
    }

    private void claim(String host, Instant from) {
        harness.input(topics().identities()).pipeInput(IP, new Lease(IP, host, from, null, "test"));
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

    private TestOutputTopic<String, FirstSeen> domains() {
        return harness.output(topics().domains());
    }

    private void reopen(Duration learning, int waiting) {
        harness.close();
        harness = harness(learning, waiting);
    }

    private static TopologyHarness harness(Duration learning, int waiting) {
        return new TopologyHarness((builder, topics, meters) -> EnricherTopology.build(
                builder, topics, new EnricherSettings(learning, waiting, null), TestTunings.CATALOGUES, meters));
    }
}
