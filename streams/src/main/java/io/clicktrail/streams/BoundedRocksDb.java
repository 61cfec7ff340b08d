package io.clicktrail.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all RocksDB stores of the process together.
 *
 * <p>By default Kafka Streams gives each store a block cache of 50 MB and three memtables of 16 MB, so memory grows
 * with stores times partitions. Here all stores share one LRU block cache, and one write buffer manager whose memtables
 * are charged to that cache. Index and filter blocks are in the cache too. So the size of the cache bounds reads and
 * writes together; blocks that are in use can exceed it for a moment, since the limit is not strict.
 *
 * <p>Cost: a lookup may have to load index and filter blocks again; both are partitioned, so it loads only the parts
 * that it needs. When all memtables together reach their bound, the largest is flushed, however small. The memory is
 * allocated with the first store and freed with the last one.
 *
 * <p>Source: <a href="https://github.com/facebook/rocksdb/wiki/Write-Buffer-Manager">Write Buffer Manager</a>,
 * <a href="https://github.com/facebook/rocksdb/wiki/Partitioned-Index-Filters">Partitioned Index Filters</a>.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    static final String BLOCK_CACHE_BYTES = "clicktrail.rocksdb.block.cache.bytes";
    static final String WRITE_BUFFER_BYTES = "clicktrail.rocksdb.write.buffer.bytes";

    /** Share of the cache that is reserved for index and filter blocks. */
    private static final double HIGH_PRIORITY = 0.1;

    /**
     * Memtables allocate memory in blocks of this size. With RocksDB's default of 1 MB the first writes of a few dozen
     * stores reach the bound, and from then on every write causes a flush.
     */
    private static final int ARENA_BLOCK_BYTES = 64 * 1024;

    /** Disk space that a store takes ahead for its list of files. RocksDB's default is 4 MB, ours are a few kB long. */
    private static final long MANIFEST_BYTES = 64 * 1024;

    private static @Nullable Memory shared;
    private static int users;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var memory = acquire(bytes(configs, BLOCK_CACHE_BYTES), bytes(configs, WRITE_BUFFER_BYTES));
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        // A lookup loads only parts of the index and filter of a file.
        table.setIndexType(IndexType.kTwoLevelIndexSearch);
        table.setPartitionFilters(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        options.setManifestPreallocationSize(MANIFEST_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        release();
    }

    /** The cache that is in use, for tests and metrics. */
    static synchronized @Nullable Memory inUse() {
        return shared;
    }

    private static long bytes(Map<String, Object> configs, String key) {
        var value = configs.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " is not set");
        }
        return Long.parseLong(value.toString());
    }

    private static synchronized Memory acquire(long cacheBytes, long writeBytes) {
        var memory = shared;
        if (memory == null) {
            memory = Memory.allocate(cacheBytes, writeBytes);
            shared = memory;
        }
        users++;
        return memory;
    }

    private static synchronized void release() {
        users--;
        if (users == 0 && shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** Native memory shared by all stores. */
    record Memory(Cache cache, WriteBufferManager writeBuffers) implements AutoCloseable {

        static Memory allocate(long cacheBytes, long writeBytes) {
            RocksDB.loadLibrary();
            var cache = new LRUCache(cacheBytes, -1, false, HIGH_PRIORITY);
            return new Memory(cache, new WriteBufferManager(writeBytes, cache));
        }

        @Override
        public void close() {
            writeBuffers.close();
            cache.close();
        }
    }
}
