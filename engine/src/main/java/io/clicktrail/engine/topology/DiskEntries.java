package io.clicktrail.engine.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Entries of an engine's stores that are too many for memory, in a RocksDB in a temporary folder, which is where the
 * services have theirs. It is opened by the first write, takes some 10 MB of memory, and is gone when it is closed.
 */
final class DiskEntries implements AutoCloseable {

    private static final long WRITE_BUFFER = 2L << 20;
    private static final long BLOCK_CACHE = 4L << 20;
    private static final int BITS_PER_KEY = 10;

    private @Nullable Opened opened;

    /** An entry in bytes. */
    record Entry(byte[] key, byte[] value) {}

    byte @Nullable [] get(byte[] key) {
        try {
            return opened == null ? null : opened.entries.get(key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(List<Entry> entries) {
        if (opened == null) {
            opened = Opened.inTemporaryFolder();
        }
        try (var batch = new WriteBatch()) {
            for (Entry each : entries) {
                batch.put(each.key(), each.value());
            }
            opened.entries.write(opened.unlogged, batch);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    void delete(byte[] key) {
        if (opened != null) {
            try {
                opened.entries.delete(opened.unlogged, key);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The entries as they are now, in the order of their keys' bytes from one on; null where there never was one. */
    @Nullable
    RocksIterator from(byte[] key) {
        if (opened == null) {
            return null;
        }
        RocksIterator all = opened.entries.newIterator();
        all.seek(key);
        return all;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    private record Opened(
            Path folder, RocksDB entries, Options options, LRUCache cache, BloomFilter filter, WriteOptions unlogged) {

        static Opened inTemporaryFolder() {
            RocksDB.loadLibrary();
            var cache = new LRUCache(BLOCK_CACHE);
            var filter = new BloomFilter(BITS_PER_KEY);
            var options = new Options()
                    .setCreateIfMissing(true)
                    .setWriteBufferSize(WRITE_BUFFER)
                    .setCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setTableFormatConfig(
                            new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
            try {
                Path folder = Files.createTempDirectory("clicktrail-engine-");
                return new Opened(
                        folder,
                        RocksDB.open(options, folder.toString()),
                        options,
                        cache,
                        filter,
                        new WriteOptions().setDisableWAL(true));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        void close() {
            entries.close();
            unlogged.close();
            options.close();
            filter.close();
            cache.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
