package io.clicktrail.engine.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.junit.jupiter.api.Test;

/** A store that overflows to the disk is what it would be in memory. */
class MemoryStoreTest {
    private static final long SEED = 4711;
    private static final int KEYS = 3_000;
    private static final int KEPT = 400;
    private static final int STEPS = 20_000;

    @Test
    void whatOverflowsIsFoundReplacedDeletedAndListedInOrder() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var expected = new TreeMap<String, Long>();
        try (var disk = new DiskEntries()) {
            var store = new MemoryStore<String, Long>("numbers", new Overflow<>(disk, "numbers", KEPT));
            var other = new MemoryStore<String, Long>("numbers2", new Overflow<>(disk, "numbers2", KEPT));
            for (int i = 0; i < KEYS; i++) {
                other.put("k" + i, -1L);
            }
            for (int i = 0; i < STEPS; i++) {
                String key = "k" + random.nextInt(KEYS);
                switch (random.nextInt(8)) {
                    case 0 -> assertThat(store.delete(key)).isEqualTo(expected.remove(key));
                    case 1 ->
                        assertThat(store.putIfAbsent(key, (long) i)).isEqualTo(expected.putIfAbsent(key, (long) i));
                    case 2 -> assertThat(store.get(key)).isEqualTo(expected.get(key));
                    default -> {
                        store.put(key, (long) i);
                        expected.put(key, (long) i);
                    }
                }
            }

            assertThat(taken(store.all())).isEqualTo(listed(expected));
            assertThat(taken(store.range("k15", "k22"))).isEqualTo(listed(expected.subMap("k15", true, "k22", true)));
            assertThat(taken(store.prefixScan("k27", new StringSerializer())))
                    .isEqualTo(listed(expected.subMap("k27", true, "k27\uffff", true)));
            assertThat(taken(other.all())).hasSize(KEYS);
        }
    }

    @Test
    void whatIsDeletedWhileItIsListedIsGone() {
        try (var disk = new DiskEntries()) {
            var store = new MemoryStore<String, String>("texts", new Overflow<>(disk, "texts", KEPT));
            for (int i = 0; i < KEYS; i++) {
                store.put("k" + i, "v" + i);
            }
            try (var all = store.all()) {
                while (all.hasNext()) {
                    String key = all.next().key;
                    store.delete(key);
                    store.put("behind " + key, "put meanwhile");
                }
            }

            assertThat(taken(store.all()))
                    .hasSize(KEYS)
                    .allSatisfy(entry -> assertThat(entry).startsWith("behind "));
        }
    }

    @Test
    void keysMayBeBytesAndValuesMayHaveATimestamp() {
        try (var disk = new DiskEntries()) {
            var store = new TimestampedMemoryStore<Bytes, String>("timed", new Overflow<>(disk, "timed", KEPT));
            for (int i = 0; i < KEYS; i++) {
                store.put(key(i), ValueAndTimestamp.make("v" + i, i));
            }

            assertThat(store.get(key(7))).isEqualTo(ValueAndTimestamp.make("v7", 7));
            assertThat(taken(store.all())).hasSize(KEYS).first().asString().startsWith(key(0).toString());
        }
    }

    @Test
    void theFolderIsGoneAfterwards() throws Exception {
        List<Path> before = folders();
        try (var disk = new DiskEntries()) {
            disk.write(List.of(new DiskEntries.Entry(new byte[] {1}, new byte[] {2})));

            assertThat(folders()).hasSizeGreaterThan(before.size());
        }
        assertThat(folders()).isEqualTo(before);
    }

    private static Bytes key(int number) {
        return Bytes.wrap(new byte[] {(byte) (number >> 8), (byte) number});
    }

    private static <K, V> List<String> taken(KeyValueIterator<K, V> entries) {
        var all = new ArrayList<String>();
        try (entries) {
            while (entries.hasNext()) {
                assertThat(entries.peekNextKey()).isNotNull();
                var next = entries.next();
                all.add(next.key + "=" + next.value);
            }
        }
        return all;
    }

    private static List<String> listed(NavigableMap<String, Long> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static List<Path> folders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(each -> each.getFileName().toString().startsWith("clicktrail-engine-"))
                    .sorted()
                    .toList();
        }
    }
}
