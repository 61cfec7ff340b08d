package io.clicktrail.enricher;

import static io.clicktrail.enricher.TestEvents.CHROME;
import static io.clicktrail.enricher.TestEvents.EXPLORER;
import static io.clicktrail.enricher.TestEvents.OUTLOOK;
import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.dhcp;
import static io.clicktrail.enricher.TestEvents.event;
import static io.clicktrail.enricher.TestEvents.file;
import static io.clicktrail.enricher.TestEvents.process;
import static io.clicktrail.enricher.TestEvents.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The same events of three machines in whatever order partitions and topics deliver them: all evidence of a machine
 * ends under one key.
 *
 * <p>Each partition is a topology of its own. A scheduler with a seed delays every record on its way to the topic of
 * events, and every claim on its way through the topic of identities.
 */
class IdentityInterleavingTest {

    private static final int PARTITIONS = 3;
    private static final int SEEDS = 12;
    private static final String EVIL = "https://rnicrosoft-login.top/a.iso";
    private static final String WINDOWS = "ws-7.corp.example";
    private static final String MAC = "mac-17.corp.example";
    private static final String LINUX = "lx-9";

    /** Two hops of this length pass within the time that evidence settles. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** The grace is ten minutes, and the longest way has four hops. */
    private static final Duration LONG = Duration.ofSeconds(100);

    @Test
    void sendsAllEvidenceOfAMachineUnderOneKeyAndOnceWhereClaimsComeWhileItSettles() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var cluster = new Cluster(seed, SHORT)) {
                Map<String, List<String>> keys = cluster.play(story());
                assertThat(keys).as("seed %d", seed).hasSize(story().size() - 4);
                assertThat(cluster.wrong(keys)).as("seed %d", seed).isEmpty();
                assertThat(keys.values())
                        .as("seed %d", seed)
                        .allSatisfy(sent -> assertThat(sent).hasSize(1));
            }
        }
    }

    @Test
    void takesEvidenceBackAndSendsItAgainUnderTheKeyOfItsMachineWhereClaimsComeLater() {
        for (long seed = 101; seed <= 100 + SEEDS; seed++) {
            try (var cluster = new Cluster(seed, LONG)) {
                Map<String, List<String>> keys = cluster.play(story());
                assertThat(keys).as("seed %d", seed).hasSize(story().size() - 4);
                assertThat(cluster.wrong(keys)).as("seed %d", seed).isEmpty();
                assertThat(keys.values())
                        .as("seed %d", seed)
                        .allSatisfy(sent -> assertThat(sent).hasSize(1));
            }
        }
    }

    /** What a machine's sensors, the network's and the mail system's say of it, each by the name that it knows. */
    private static List<Sent> story() {
        return List.of(
                // Four that only claim.
                new Sent("ip:10.0.0.7", dhcp("10.0.0.7", "WS-7", 28_800).build(), ""),
                new Sent(
                        "ip:10.0.0.17",
                        dhcp("10.0.0.17", "mac-17.corp.example", 28_800).build(),
                        ""),
                new Sent("ip:10.0.0.9", dhcp("10.0.0.9", "lx-9", 28_800).build(), ""),
                new Sent(
                        "dc-1.corp.example",
                        endpoint("dc-1.corp.example", EventKind.LOGON, Platform.WINDOWS)
                                .setUser(new User("bob", "CORP", null, null))
                                .setLogon(Logon.newBuilder().setIp("10.0.0.17").build())
                                .build(),
                        ""),
                // The Windows machine: one sensor has its qualified name, another the short one, the proxy its address.
                new Sent(
                        WINDOWS,
                        endpoint(WINDOWS, EventKind.PROCESS_START, Platform.WINDOWS)
                                .setUser(new User("alice", "CORP", null, "alice@corp.example"))
                                .setProcess(process(CHROME, "\"" + CHROME + "\" " + EVIL, OUTLOOK))
                                .build(),
                        WINDOWS),
                new Sent("ws-7", written("ws-7", Platform.WINDOWS, "C:\\Users\\a\\Downloads\\a.iso"), WINDOWS),
                new Sent(
                        "ws-7",
                        endpoint("ws-7", EventKind.PROCESS_START, Platform.WINDOWS)
                                .setProcess(process(
                                        "C:\\Users\\a\\Downloads\\b.exe", "C:\\Users\\a\\Downloads\\b.exe", EXPLORER))
                                .build(),
                        WINDOWS),
                new Sent("ip:10.0.0.7", proxy("10.0.0.7", EVIL).build(), WINDOWS),
                new Sent("user:alice@corp.example", click(), WINDOWS),
                // The Mac's own sensor has the short name only; a lease has the qualified one, a ticket the user.
                new Sent("mac-17", written("mac-17", Platform.MACOS, "/Users/b/Downloads/a.dmg"), MAC),
                new Sent("ip:10.0.0.17", proxy("10.0.0.17", EVIL).build(), MAC),
                new Sent("user:corp\\bob", click(), MAC),
                // Nobody knows a qualified name of the Linux machine.
                new Sent("lx-9", written("lx-9", Platform.LINUX, "/home/c/Downloads/a.AppImage"), LINUX),
                new Sent("ip:10.0.0.9", proxy("10.0.0.9", EVIL).build(), LINUX));
    }

    private static Event written(String host, Platform platform, String path) {
        return endpoint(host, EventKind.FILE_WRITE, platform)
                .setProcess(process(CHROME, null, null))
                .setFile(file(path)
                        .setName(path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1))
                        .build())
                .build();
    }

    private static Event click() {
        return event(EventKind.URL_OPEN, "proofpoint.tap").setUrl(new Url(EVIL)).build();
    }

    private static Event.Builder endpoint(String host, EventKind kind, Platform platform) {
        return event(kind, "test.endpoint")
                .setHost(Host.newBuilder().setName(host).setPlatform(platform).build());
    }

    /** @param machine the key under which its evidence belongs; empty where it makes none */
    private record Sent(String key, Event event, String machine) {}

    /** A record on its way. */
    private record Hop(long at, int number, Runnable arrival) {}

    private static final class Cluster implements AutoCloseable {
        private final List<TopologyHarness> partitions = new ArrayList<>();
        private final PriorityQueue<Hop> hops =
                new PriorityQueue<>(Comparator.comparingLong(Hop::at).thenComparingInt(Hop::number));
        private final Map<String, List<String>> keys = new LinkedHashMap<>();
        private final Map<String, String> machines = new LinkedHashMap<>();
        private final Random random;
        private final int delay;
        private long now;
        private int number;

        Cluster(long seed, Duration delay) {
            this.random = new Random(seed);
            this.delay = (int) delay.toMillis();
            EnricherSettings settings = new Binder(
                            new MapConfigurationPropertySource(Map.of("clicktrail.enricher.learning", "PT0S")))
                    .bind("clicktrail.enricher", EnricherSettings.class)
                    .get();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopologyHarness((builder, topics, meters) ->
                        EnricherTopology.build(builder, topics, settings, TestTunings.CATALOGUES, meters)));
            }
        }

        /**
         * Sends events in a random order; gives the keys under which the evidence of each came and stayed, in order.
         */
        Map<String, List<String>> play(List<Sent> story) {
            List<Sent> shuffled = new ArrayList<>(story);
            Collections.shuffle(shuffled, random);
            for (Sent sent : shuffled) {
                machines.put(sent.event().getEventId(), sent.machine());
                send(() -> partition(sent.key())
                        .input(partition(sent.key()).topics().events())
                        .pipeInput(sent.key(), sent.event(), time()));
            }
            while (!hops.isEmpty()) {
                Hop next = hops.remove();
                advance(next.at());
                next.arrival().run();
                collect();
            }
            advance(now + Duration.ofSeconds(6).toMillis());
            return keys;
        }

        /** Events whose evidence did not end under the key of their machine. */
        List<String> wrong(Map<String, List<String>> sent) {
            List<String> wrong = new ArrayList<>();
            sent.forEach((event, under) -> {
                String machine = String.valueOf(machines.get(event));
                if (!under.getLast().equals(machine)) {
                    wrong.add("event of " + machine + " under " + under);
                }
            });
            return wrong;
        }

        @Override
        public void close() {
            partitions.forEach(TopologyHarness::close);
        }

        private void advance(long to) {
            while (now < to) {
                long step = Math.min(to - now, 1_000);
                now += step;
                partitions.forEach(each -> each.advanceWallClock(Duration.ofMillis(step)));
                collect();
            }
        }

        private void collect() {
            for (TopologyHarness each : partitions) {
                for (TestRecord<String, Lease> claim :
                        each.output(each.topics().identities()).readRecordsToList()) {
                    TopologyHarness to = partition(claim.key());
                    send(() -> to.input(to.topics().identities())
                            .pipeInput(claim.key(), claim.value(), claim.getRecordTime()));
                }
                for (TestRecord<String, Evidence> found :
                        each.output(each.topics().evidence()).readRecordsToList()) {
                    List<String> under =
                            keys.computeIfAbsent(found.value().getEvent().getEventId(), absent -> new ArrayList<>());
                    if (found.value().getMovedTo() == null) {
                        under.add(found.key());
                    } else {
                        assertThat(under.remove(found.key())).isTrue();
                    }
                }
            }
        }

        private void send(Runnable arrival) {
            hops.add(new Hop(now + random.nextInt(delay), number++, arrival));
        }

        private TopologyHarness partition(String key) {
            return partitions.get(Math.floorMod(key.hashCode(), PARTITIONS));
        }

        private Instant time() {
            return TEN.plusMillis(now);
        }
    }
}
