package io.clicktrail.benchmarks.disk;

import io.clicktrail.streams.StreamsProperties;
import io.clicktrail.streams.settings.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A RocksDB store with the configuration of a service, without changelog and cache. */
public final class DiskStore {

    private DiskStore() {}

    /** Opens the store in a separate folder. */
    public static <K, V> KeyValueStore<K, V> open(StoreBuilder<KeyValueStore<K, V>> builder, Path folder) {
        var properties = new Properties();
        properties.putAll(StreamsProperties.of("bench", "localhost:9", "none", settings(folder)));
        var context = new MockProcessorContext<String, String>(properties, new TaskId(0, 0), folder.toFile());
        KeyValueStore<K, V> store =
                builder.withLoggingDisabled().withCachingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    /** Size of the files of the flushed store in bytes. */
    public static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static StreamsSettings settings(Path folder) {
        return new Binder(new MapConfigurationPropertySource(Map.of("clicktrail.streams.state-dir", folder.toString())))
                .bind("clicktrail.streams", StreamsSettings.class)
                .get();
    }
}
