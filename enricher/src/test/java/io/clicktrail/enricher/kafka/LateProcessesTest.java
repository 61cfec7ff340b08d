package io.clicktrail.enricher.kafka;

import static io.clicktrail.enricher.TestEvents.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestEvents;
import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.process.StartedProcess;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that a sensor names by pid alone, delivered in any order within the grace. */
class LateProcessesTest {

    private static final long SEED = Long.getLong("clicktrail.seed", 1_609);
    private static final int HISTORIES = 200;
    private static final String HOST = "lx-1.contoso.com";
    private static final int GRACE_MILLIS = 540_000;

    private static final String MAIL = "/usr/lib/thunderbird/thunderbird";
    private static final String BROWSER = "/usr/lib/firefox/firefox";
    private static final String OWN_BROWSER = "/home/anna/Downloads/firefox/firefox";
    private static final String SHELL = "/usr/bin/bash";
    private static final String[] IMAGES = {
        MAIL, BROWSER, BROWSER, SHELL, "/usr/bin/xdg-open", "/usr/sbin/cron", "/home/anna/Downloads/setup"
    };

    private final TuningTable tunings = new TuningTable(TestTunings.CATALOGUES);

    @Test
    void aMailClientThatIsDeliveredAfterTheBrowserItStartedMakesTheClickSure() {
        var host = new Delivered();
        Event browser = start(20, 10, BROWSER, TEN.plusSeconds(5));

        host.deliver(browser, TEN.plusSeconds(5));
        assertThat(host.last(browser).getWeakClick()).isTrue();
        host.deliver(start(10, 1, MAIL, TEN), TEN.plusSeconds(300));

        assertThat(host.last(browser).getWeakClick()).isFalse();
        assertThat(host.last(browser).getEvent().getProcess().getParent().getExecutable())
                .isEqualTo(MAIL);
    }

    @Test
    void aClickIsTakenBackWhereAShellTurnsOutToHaveStartedTheBrowser() {
        var host = new Delivered();
        Event browser = start(20, 10, BROWSER, TEN.plusSeconds(5));

        host.deliver(browser, TEN.plusSeconds(5));
        assertThat(host.last(browser).getRoles()).contains(Role.CLICK);
        host.deliver(start(10, 1, SHELL, TEN), TEN.plusSeconds(300));

        assertThat(host.last(browser).getRoles()).containsExactly(Role.LINEAGE);
    }

    @Test
    void anExecutionIsTakenBackWhereAProgramTurnsOutToBeTheHelperOfItself() {
        var host = new Delivered();
        Event helper = start(20, 10, OWN_BROWSER, "--type=renderer", TEN.plusSeconds(5));

        host.deliver(helper, TEN.plusSeconds(5));
        assertThat(host.last(helper).getRoles()).contains(Role.EXECUTION);
        host.deliver(start(10, 1, OWN_BROWSER, "", TEN), TEN.plusSeconds(300));

        assertThat(host.last(helper).getRoles()).doesNotContain(Role.EXECUTION);
    }

    @Test
    void whatStartsLaterUnderThePidChangesNothing() {
        var host = new Delivered();
        Event browser = start(20, 10, BROWSER, TEN.plusSeconds(5));
        host.deliver(start(10, 1, MAIL, TEN), TEN);
        host.deliver(browser, TEN.plusSeconds(6));
        assertThat(host.sent).containsEntry(browser.getEventId(), 1);

        host.deliver(start(10, 1, SHELL, TEN.plusSeconds(9)), TEN.plusSeconds(9));
        host.deliver(browser, TEN.plusSeconds(20));

        assertThat(host.sent).containsEntry(browser.getEventId(), 2);
        assertThat(host.last(browser).getEvent().getProcess().getParent().getExecutable())
                .isEqualTo(MAIL);
    }

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderWithDuplicatesAndRestartsGivesTheEvidenceOfTheTrueOrder(long seed) {
        var random = new SplittableRandom(seed);
        List<Event> history = history(random);
        var inOrder = new Delivered();
        history.forEach(event -> inOrder.deliver(event, event.getTime()));
        var late = new Delivered();
        for (Late each : late(history, random)) {
            if (random.nextInt(20) == 0) {
                late.restart();
            }
            late.deliver(each.event(), each.at());
        }

        assertThat(late.evidence()).isEqualTo(inOrder.evidence());
        inOrder.evidence()
                .values()
                .forEach(evidence -> assertThat(imageOf(evidence.getEvent())).isEqualTo(truth(evidence, history)));
    }

    private record Late(Event event, Instant at) {}

    private static List<Late> late(List<Event> history, SplittableRandom random) {
        var all = new ArrayList<Late>();
        for (Event event : history) {
            for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
                all.add(new Late(event, event.getTime().plusMillis(random.nextInt(GRACE_MILLIS))));
            }
        }
        all.sort(Comparator.comparing(Late::at));
        return all;
    }

    /** Processes start, become other programs, end, connect; pids are given again, and some share a slot. */
    private static List<Event> history(SplittableRandom random) {
        var events = new ArrayList<Event>();
        var alive = new ArrayList<>(List.of(1L));
        var starts = new TreeMap<Long, Integer>();
        Instant time = TEN;
        for (int i = 0; i < 60; i++) {
            time = time.plusMillis(1 + random.nextInt(15_000));
            long pid = 2 + random.nextInt(15) + (random.nextInt(4) == 0 ? ProcessTable.SLOTS : 0);
            long parent = alive.get(random.nextInt(alive.size()));
            int known = starts.getOrDefault(pid % ProcessTable.SLOTS, 0);
            if (alive.contains(pid) && random.nextInt(3) == 0) {
                alive.remove(pid);
                events.add(event(EventKind.PROCESS_END, time)
                        .setProcess(Process.newBuilder().setPid(pid).build())
                        .build());
                starts.merge(pid % ProcessTable.SLOTS, 1, Integer::sum);
            } else if (random.nextInt(4) == 0) {
                events.add(event(EventKind.NETWORK_CONNECTION, time)
                        .setProcess(Process.newBuilder().setPid(parent).build())
                        .setDestination(Endpoint.newBuilder()
                                .setDomain("new" + i + ".top")
                                .setIp("203.0.113.9")
                                .build())
                        .build());
            } else if (known <= 2 && pid != parent) {
                boolean isWrapped = random.nextInt(3) == 0;
                if (isWrapped) {
                    events.add(start(pid, parent, SHELL, time));
                }
                events.add(start(pid, parent, isWrapped ? MAIL : IMAGES[random.nextInt(IMAGES.length)], time));
                starts.merge(pid % ProcessTable.SLOTS, isWrapped ? 2 : 1, Integer::sum);
                if (!alive.contains(pid)) {
                    alive.add(pid);
                }
            }
        }
        return events;
    }

    private static Event start(long pid, long parent, String image, Instant time) {
        return start(pid, parent, image, "https://new" + pid + ".top/a.zip", time);
    }

    private static Event start(long pid, long parent, String image, String arguments, Instant time) {
        return event(EventKind.PROCESS_START, time)
                .setProcess(Process.newBuilder()
                        .setEntityId("lx-1:1:" + pid)
                        .setPid(pid)
                        .setExecutable(image)
                        .setCommandLine(image + " " + arguments)
                        .setParent(ParentProcess.newBuilder()
                                .setEntityId("lx-1:1:" + parent)
                                .setPid(parent)
                                .build())
                        .build())
                .build();
    }

    private static Event.Builder event(EventKind kind, Instant time) {
        return TestEvents.event(kind, "linux.auditd")
                .setTime(time)
                .setHost(Host.newBuilder()
                        .setName(HOST)
                        .setPlatform(Platform.LINUX)
                        .build());
    }

    private static @Nullable String imageOf(Event event) {
        return event.getKind() == EventKind.PROCESS_START
                ? event.getProcess().getParent().getExecutable()
                : event.getProcess().getExecutable();
    }

    /** The last that had the pid by then, in the true order. */
    private static @Nullable String truth(Evidence evidence, List<Event> history) {
        Event of = evidence.getEvent();
        Long pid = of.getKind() == EventKind.PROCESS_START
                ? of.getProcess().getParent().getPid()
                : of.getProcess().getPid();
        String image = null;
        for (Event event : history) {
            boolean isOfPid = event.getKind() != EventKind.NETWORK_CONNECTION
                    && event.getProcess().getPid().equals(pid);
            if (isOfPid && !event.getTime().isAfter(of.getTime())) {
                boolean counts = event.getKind() == EventKind.PROCESS_START
                        && StartedProcess.isKept(
                                Platform.LINUX,
                                event.getProcess(),
                                TestTunings.CATALOGUES.processes(),
                                TestTunings.CATALOGUES.userPaths());
                image = counts ? event.getProcess().getExecutable() : null;
            }
        }
        return image;
    }

    /** The step with its stores, and what it sent. */
    private final class Delivered {
        private final MockProcessorContext<String, ResolutionInput> context = new MockProcessorContext<>();
        private final Map<String, Evidence> last = new TreeMap<>();
        private final Map<String, Integer> sent = new TreeMap<>();
        private EnrichEvents step;

        Delivered() {
            EnrichEventsState.addTo(context);
            restart();
        }

        void restart() {
            step = new EnrichEvents(tunings, new Enrichment(TestTunings.CATALOGUES), false, new SimpleMeterRegistry());
            step.init(context);
        }

        void deliver(Event event, Instant at) {
            step.process(new Record<>(HOST, event, at.toEpochMilli()));
            for (var forwarded : context.forwarded()) {
                Evidence evidence =
                        ((ResolutionInput.ForChains) forwarded.record().value()).evidence();
                sent.merge(evidence.getEvent().getEventId(), 1, Integer::sum);
                take(evidence);
            }
            context.resetForwards();
        }

        private void take(Evidence evidence) {
            if (!evidence.getRoles().isEmpty() || evidence.getWithdrawn()) {
                last.merge(
                        evidence.getEvent().getEventId(),
                        evidence,
                        (known, again) -> again.getProcessOrder() > known.getProcessOrder() ? again : known);
            }
        }

        Evidence last(Event event) {
            return Objects.requireNonNull(evidence().get(event.getEventId()));
        }

        /** By event id, without what was taken back, and without the place that only gives the way. */
        Map<String, Evidence> evidence() {
            var all = new TreeMap<>(last);
            all.values().removeIf(Evidence::getWithdrawn);
            all.replaceAll((id, evidence) -> evidence.getRoles().equals(List.of(Role.LINEAGE))
                    ? RecordCopy.of(evidence).set("domain", null).build()
                    : evidence);
            return all;
        }
    }
}
