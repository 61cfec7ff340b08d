package io.clicktrail.enricher.kafka;

import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.sysmon;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.process.StartedProcess;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.StateSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    private static final long SEED = Long.getLong("clicktrail.seed", 19);
    private static final Duration LATENESS = Duration.ofMinutes(10);
    private static final String[] HOSTS = {"ws-1.contoso.com", "ws-1", "ws-1\u0000l7", "ws-2.contoso.com", "ws-3"};
    private static final String[] IMAGES = {
        "C:\\Office16\\OUTLOOK.EXE",
        "C:\\Windows\\System32\\cmd.exe",
        "C:\\Users\\alice\\Downloads\\setup.exe",
        "C:\\Windows\\System32\\svchost.exe"
    };

    private final KeyValueStore<String, List<Process>> store = store("running");
    private final KeyValueStore<String, List<Process>> restoredStore = store("restored");

    @Test
    void answersAsOneThatReadsItsStoreAgainForEachEvent() {
        var random = new SplittableRandom(SEED);
        var table = new ProcessTable(store);
        Instant time = TEN;

        for (int i = 0; i < 20_000; i++) {
            time = time.plusSeconds(random.nextInt(120));
            String host = HOSTS[random.nextInt(HOSTS.length)];
            Event event = random(random, time);
            var restored = new ProcessTable(restoredStore);
            assertThat(completed(table, host, event))
                    .as("seed %d, event %d", SEED, i)
                    .isEqualTo(completed(restored, host, event));
            if (i % 1_000 == 0) {
                table.sweep(time, LATENESS);
                restored.sweep(time, LATENESS);
            }
        }

        assertThat(contents(store)).isNotEmpty().isEqualTo(contents(restoredStore));
    }

    @Test
    void forgetsProcessesThatStartedLongAgo() {
        var table = new ProcessTable(store);
        completed(table, HOSTS[0], start(7, IMAGES[0], TEN));
        Instant later = TEN.plus(ProcessTable.KEPT).plusSeconds(1);

        table.sweep(later, LATENESS);

        assertThat(contents(store)).isEmpty();
        Event child = child(7, later);
        assertThat(completed(table, HOSTS[0], child)).isSameAs(child);
    }

    @Test
    void aFullSlotGivesUpWhatPeopleFollowLinksFromLast() {
        var table = new ProcessTable(store);
        completed(table, HOSTS[0], start(7, IMAGES[0], TEN));
        for (int i = 1; i <= 4 * ProcessTable.STARTS; i++) {
            completed(table, HOSTS[0], start(7 + ProcessTable.SLOTS * i, IMAGES[1], TEN.plusSeconds(i)));
        }

        assertThat(table.startsOf(HOSTS[0], 7)).hasSize(ProcessTable.STARTS);
        assertThat(completed(table, HOSTS[0], child(7, TEN.plusSeconds(60)))
                        .getProcess()
                        .getParent()
                        .getExecutable())
                .isEqualTo(IMAGES[0]);
    }

    @Test
    void aLaterStartOfThePidIsNotTheParentOfWhatWasBefore() {
        var table = new ProcessTable(store);
        completed(table, HOSTS[0], start(7, IMAGES[1], TEN.plusSeconds(9)));
        completed(table, HOSTS[0], start(7, IMAGES[0], TEN));

        assertThat(parentAt(table, 8)).isEqualTo(IMAGES[0]);
        assertThat(parentAt(table, 9)).isEqualTo(IMAGES[1]);
        completed(
                table,
                HOSTS[0],
                of(
                        EventKind.PROCESS_END,
                        TEN.plusSeconds(20),
                        Process.newBuilder().setPid(7L)));
        assertThat(parentAt(table, 19)).isEqualTo(IMAGES[1]);
        assertThat(parentAt(table, 21)).isNull();
    }

    private static @Nullable String parentAt(ProcessTable table, int second) {
        return completed(table, HOSTS[0], child(7, TEN.plusSeconds(second)))
                .getProcess()
                .getParent()
                .getExecutable();
    }

    private static Event completed(ProcessTable table, String host, Event event) {
        var tuning = TestTunings.builtIn(Platform.WINDOWS);
        Long asked = StartedProcess.askedPid(event);
        var known = asked == null
                ? null
                : StartedProcess.at(
                        event.getTime(), asked, table.startsOf(host, asked), Platform.WINDOWS, tuning.processes());
        if (event.getKind() == EventKind.PROCESS_START || event.getKind() == EventKind.PROCESS_END) {
            table.learn(
                    host, event, table.startsOf(host, event.getProcess().getPid()), Platform.WINDOWS, tuning, LATENESS);
        }
        return known == null ? event : known.in(event);
    }

    /** Pids share slots. */
    private static Event random(SplittableRandom random, Instant time) {
        long pid = List.of(7L, 8L, 7L + ProcessTable.SLOTS, 7L + 2 * ProcessTable.SLOTS)
                .get(random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 -> start(pid, IMAGES[random.nextInt(IMAGES.length)], time);
            case 1 -> child(pid, time);
            case 2 -> of(EventKind.PROCESS_END, time, Process.newBuilder().setPid(pid));
            default ->
                of(EventKind.NETWORK_CONNECTION, time, Process.newBuilder().setPid(pid));
        };
    }

    private static Event start(long pid, String image, Instant time) {
        return of(
                EventKind.PROCESS_START,
                time,
                Process.newBuilder()
                        .setEntityId(pid + "@" + time)
                        .setPid(pid)
                        .setExecutable(image)
                        .setCommandLine(image));
    }

    private static Event child(long parent, Instant time) {
        return of(
                EventKind.PROCESS_START,
                time,
                Process.newBuilder()
                        .setPid(99L)
                        .setExecutable("C:\\chrome.exe")
                        .setParent(ParentProcess.newBuilder().setPid(parent).build()));
    }

    private static Event of(EventKind kind, Instant time, Process.Builder process) {
        return sysmon(kind).setTime(time).setProcess(process.build()).build();
    }

    private static List<KeyValue<String, List<Process>>> contents(KeyValueStore<String, List<Process>> store) {
        var all = new ArrayList<KeyValue<String, List<Process>>>();
        try (var entries = store.all()) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }

    private static KeyValueStore<String, List<Process>> store(String name) {
        KeyValueStore<String, List<Process>> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name),
                        Serdes.String(),
                        EnricherStores.listOf(new StateSerdes().of(Process.class)))
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
