package io.clicktrail.normalizer.kafka;

import io.clicktrail.normalizer.assembly.AssembledEvent;
import io.clicktrail.normalizer.assembly.Assembler;
import io.clicktrail.normalizer.assembly.AssemblyBounds;
import io.clicktrail.normalizer.assembly.AssemblyStep;
import io.clicktrail.normalizer.assembly.OpenEvent;
import io.clicktrail.normalizer.assembly.OpenEventCodec;
import io.clicktrail.normalizer.assembly.OpenEventIndex;
import io.clicktrail.normalizer.assembly.PendingPiece;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.time.StreamClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Holds pieces of events until all are there or their time is over, and sends what came of them on beside all other
 * records, which pass through.
 *
 * <p>Stream time says when the time of an event is over; where no record advances it, it moves by the wall clock. In a
 * quiet partition an event is settled once a whole interval of the wall clock has passed without a record. The store
 * survives a restart with its changelog, under the same transaction as the events; the index beside it is made of the
 * store again.
 */
public final class AssembleEvents extends ContextualProcessor<byte[], NormalizedRecord, byte[], NormalizedRecord> {

    /** The store of open events by event. */
    public static final String STORE = "open-events";

    private static final Serde<OpenEvent> OPEN_EVENT = Serdes.serdeFrom(
            (topic, event) -> event == null ? null : OpenEventCodec.encode(event),
            (topic, bytes) -> bytes == null ? null : OpenEventCodec.decode(bytes));

    private final Assembler<?> assembler;
    private final AssemblyBounds bounds;
    private final RecordCounters counters;
    private final OpenEventIndex index = new OpenEventIndex();
    private KeyValueStore<String, OpenEvent> store;
    private StreamClock clock;
    private boolean isQuiet;

    private AssembleEvents(Assembler<?> assembler, AssemblyBounds bounds, RecordCounters counters) {
        this.assembler = assembler;
        this.bounds = bounds;
        this.counters = counters;
    }

    /**
     * Makes the processor and its store, which is small, bounded and short-lived: held in memory, kept by its
     * changelog.
     */
    public static ProcessorSupplier<byte[], NormalizedRecord, byte[], NormalizedRecord> supplier(
            InputLimits limits, RecordCounters counters) {
        return new ProcessorSupplier<>() {
            @Override
            public AssembleEvents get() {
                return new AssembleEvents(
                        Normalizer.assembler(limits, AssemblyBounds.DEFAULT), AssemblyBounds.DEFAULT, counters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), OPEN_EVENT)
                                .withLoggingEnabled(Map.of()));
            }
        };
    }

    @Override
    public void init(ProcessorContext<byte[], NormalizedRecord> given) {
        super.init(given);
        store = given.getStateStore(STORE);
        List<KeyValue<String, OpenEvent>> known = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(known::add);
        }
        known.sort(Comparator.comparingLong(entry -> entry.value.openedMillis()));
        known.forEach(entry -> index.put(entry.key, entry.value));
        clock = new StreamClock(bounds.time().multipliedBy(2), given.currentSystemTimeMs());
        given.schedule(bounds.time(), PunctuationType.WALL_CLOCK_TIME, this::tick);
        CommitPolicy.apply(given);
    }

    @Override
    public void process(Record<byte[], NormalizedRecord> record) {
        isQuiet = false;
        clock.record(context().currentStreamTimeMs(), context().currentSystemTimeMs());
        long streamMillis = clock.latest();
        expire(streamMillis);
        if (record.value().outcome() instanceof Outcome.Partial partial) {
            boolean isCounted = partial.rest() == null;
            for (Piece piece : partial.pieces()) {
                take(piece.event(), held(piece, record, isCounted), streamMillis);
                isCounted = false;
            }
            Outcome rest = partial.rest();
            if (rest != null) {
                NormalizedRecord read = record.value();
                context().forward(record.withValue(new NormalizedRecord(read.value(), read.at(), rest, false)));
            }
        } else {
            context().forward(record);
        }
    }

    private void take(String key, PendingPiece piece, long streamMillis) {
        AssemblyStep step = assembler.take(store.get(key), piece, streamMillis);
        OpenEvent open = step.open();
        if (open == null) {
            forget(key);
        } else if (step.settled() == null) {
            store.put(key, open);
            index.put(key, open);
            makeRoom();
        }
        if (step.settled() != null) {
            settle(step.settled());
        }
    }

    private void makeRoom() {
        while (index.size() > bounds.open() || index.bytes() > bounds.openBytes()) {
            String oldest = index.oldest();
            OpenEvent event = oldest == null ? null : store.get(oldest);
            if (oldest == null || event == null) {
                return;
            }
            forget(oldest);
            settle(assembler.evict(event));
        }
    }

    private void expire(long streamMillis) {
        for (String oldest = index.oldest();
                oldest != null && assembler.isOver(index.openedMillis(oldest), streamMillis);
                oldest = index.oldest()) {
            close(oldest);
        }
    }

    private void tick(long wallClock) {
        clock.tick(context().currentStreamTimeMs(), wallClock);
        expire(clock.latest());
        if (isQuiet) {
            for (String oldest = index.oldest(); oldest != null; oldest = index.oldest()) {
                close(oldest);
            }
        }
        isQuiet = true;
    }

    private void close(String key) {
        OpenEvent event = store.get(key);
        forget(key);
        if (event != null) {
            settle(assembler.expire(event));
        }
    }

    private void forget(String key) {
        if (index.openedMillis(key) != Long.MAX_VALUE) {
            store.delete(key);
            index.remove(key);
        }
    }

    private void settle(AssembledEvent settled) {
        for (PendingPiece piece : settled.pieces()) {
            if (piece.isCounted()) {
                counters.record(settled.outcome());
            }
            if (settled.outcome() instanceof Outcome.Rejected rejected) {
                if (!piece.isCounted()) {
                    counters.fault(rejected);
                }
                forward(piece, rejected);
            }
        }
        if (settled.outcome() instanceof Outcome.Normalized normalized) {
            PendingPiece last = settled.pieces().getLast();
            counters.contents(normalized, last.at().deliveredMillis());
            NormalizedRecord read = new NormalizedRecord(null, last.at(), normalized, false);
            context().forward(new Record<>(last.key(), read, last.at().deliveredMillis()));
        }
    }

    private void forward(PendingPiece piece, Outcome.Rejected rejected) {
        Headers headers = new RecordHeaders();
        for (PendingPiece.Header header : piece.headers()) {
            headers.add(header.name(), header.value());
        }
        Outcome whole = new Outcome.Rejected(
                rejected.reason(),
                rejected.format(),
                piece.position(),
                piece.position(),
                piece.position() + piece.document().length);
        NormalizedRecord read = new NormalizedRecord(piece.document(), piece.at(), whole, piece.isPart());
        context().forward(new Record<>(piece.key(), read, piece.at().deliveredMillis(), headers));
    }

    private static PendingPiece held(Piece piece, Record<byte[], NormalizedRecord> record, boolean isCounted) {
        NormalizedRecord read = record.value();
        List<PendingPiece.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new PendingPiece.Header(header.key(), header.value()));
        }
        byte[] value = read.value() == null ? new byte[0] : read.value();
        return PendingPiece.of(piece, value, read.at(), isCounted, record.key(), headers);
    }
}
