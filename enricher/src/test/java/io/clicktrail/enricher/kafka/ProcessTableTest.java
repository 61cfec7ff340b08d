package io.clicktrail.enricher.kafka;

import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.sysmon;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.StateSerdes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    private static final long SEED = Long.getLong("clicktrail.seed", 19);
    private static final String[] HOSTS = {"ws-1.contoso.com", "ws-1", "ws-1\u0000l7", "ws-2.contoso.com", "ip:10.0.0.1"
    };
    private static final String[] IMAGES = {
        "C:\\Office16\\OUTLOOK.EXE",
        "C:\\Windows\\System32\\cmd.exe",
        "C:\\Users\\alice\\Downloads\\setup.exe",
        "C:\\Windows\\System32\\svchost.exe"
    };

    private final KeyValueStore<String, Process> store = store("running");
    private final KeyValueStore<String, Process> restoredStore = store("restored");

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
                table.sweep(time.toEpochMilli());
                restored.sweep(time.toEpochMilli());
            }
        }

        assertThat(contents(store)).isNotEmpty().isEqualTo(contents(restoredStore));
    }

    @Test
    void forgetsProcessesThatStartedLongAgo() {
        var table = new ProcessTable(store);
        completed(table, HOSTS[0], start(7, IMAGES[0], TEN));
        Instant later = TEN.plus(ProcessTable.KEPT).plusSeconds(1);

        table.sweep(later.toEpochMilli());

        assertThat(contents(store)).isEmpty();
        Event child = child(7, later);
        assertThat(completed(table, HOSTS[0], child)).isSameAs(child);
    }

    private static Event completed(ProcessTable table, String host, Event event) {
        return table.completed(
                host, event, Platform.WINDOWS, TestTunings.CATALOGUES.processes(), TestTunings.CATALOGUES.userPaths());
    }

    /** Pids share slots: 7 and 263 among the link sources, 7 and 1031 among the others. */
    private static Event random(SplittableRandom random, Instant time) {
        long pid = List.of(7L, 8L, 263L, 1031L).get(random.nextInt(4));
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

    private static List<KeyValue<String, Process>> contents(KeyValueStore<String, Process> store) {
        var all = new ArrayList<KeyValue<String, Process>>();
        try (var entries = store.all()) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }

    private static KeyValueStore<String, Process> store(String name) {
        KeyValueStore<String, Process> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), new StateSerdes().of(Process.class))
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
