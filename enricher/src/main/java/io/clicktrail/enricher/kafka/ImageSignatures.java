package io.clicktrail.enricher.kafka;

import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.RecordCopy;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of images that a sensor of Windows reports apart from the start of their process: Sysmon 7, and
 * certificates of Defender. Either may come first: a start gets the signature that was reported of its image before,
 * and goes again with one that comes later.
 *
 * <p><b>Bounds.</b> A host has {@value #SIGNED_SLOTS} slots for signatures by hash, kept for {@link #KEPT}, and
 * {@value #WAITING_SLOTS} for starts by process and hash, kept for {@link #WAITS}; what an id has for its slot is its
 * remainder. The later one takes a slot; what had to go for it before its time is counted.
 *
 * <p><b>Cost.</b> Asked for executions alone, which are few.
 */
final class ImageSignatures {

    static final int SIGNED_SLOTS = 128;
    static final int WAITING_SLOTS = 32;
    static final Duration KEPT = Duration.ofDays(30);
    static final Duration WAITS = Duration.ofHours(1);

    private static final char PART = '\u0000';
    private static final char SIGNED = 's';
    private static final char WAITING = 'w';
    private static final int SWEPT = 1_000;

    private final TimestampedKeyValueStore<String, Event> store;
    private final Counter evicted;
    private @Nullable String sweptTo;

    ImageSignatures(TimestampedKeyValueStore<String, Event> store, Counter evicted) {
        this.store = store;
        this.evicted = evicted;
    }

    /** Whether an event is the start of a process whose signature may be reported apart. */
    static boolean lacksSignature(Event event) {
        return event.getKind() == EventKind.PROCESS_START
                && event.getHost() != null
                && event.getHost().getPlatform() == Platform.WINDOWS
                && event.getProcess().getCodeSignature() == null;
    }

    /** The start with the signature that was reported of its image; null where none was. */
    @Nullable
    Event signed(String host, Event start, long time) {
        for (String hash : hashes(start)) {
            ValueAndTimestamp<Event> known = store.get(key(host, SIGNED, hash, SIGNED_SLOTS));
            if (known != null
                    && known.timestamp() >= time - KEPT.toMillis()
                    && hashes(known.value()).contains(hash)) {
                return with(start, known.value().getProcess().getCodeSignature());
            }
        }
        return null;
    }

    /** Remembers a start until its signature is reported. */
    void await(String host, Event start, long time) {
        for (String id : ids(start)) {
            put(key(host, WAITING, id, WAITING_SLOTS), start, id, time, WAITS);
        }
    }

    /**
     * Takes in a signature.
     *
     * @param isKept whether the image is one of which a start may ask
     * @return the starts that waited for it, with it
     */
    List<Event> learn(String host, Event signature, boolean isKept, long time) {
        CodeSignature signed = signature.getProcess().getCodeSignature();
        if (isKept) {
            for (String hash : hashes(signature)) {
                put(key(host, SIGNED, hash, SIGNED_SLOTS), compact(signature), hash, time, KEPT);
            }
        }
        Map<String, Event> waited = new LinkedHashMap<>();
        for (String id : ids(signature)) {
            ValueAndTimestamp<Event> known = store.get(key(host, WAITING, id, WAITING_SLOTS));
            if (known != null
                    && known.timestamp() >= time - WAITS.toMillis()
                    && ids(known.value()).contains(id)) {
                waited.put(known.value().getEventId(), with(known.value(), signed));
            }
        }
        return List.copyOf(waited.values());
    }

    /** Forgets what is over in the next stretch of the store. */
    void sweep(long now) {
        var old = new ArrayList<String>();
        int seen = 0;
        try (KeyValueIterator<String, ValueAndTimestamp<Event>> rest = store.range(sweptTo, null)) {
            while (rest.hasNext() && seen++ < SWEPT) {
                KeyValue<String, ValueAndTimestamp<Event>> entry = rest.next();
                sweptTo = entry.key;
                if (entry.value.timestamp() < now - kept(entry.key).toMillis()) {
                    old.add(entry.key);
                }
            }
            sweptTo = rest.hasNext() ? sweptTo : null;
        }
        old.forEach(store::delete);
    }

    private void put(String key, Event event, String id, long time, Duration kept) {
        ValueAndTimestamp<Event> before = store.get(key);
        if (before != null
                && before.timestamp() >= time - kept.toMillis()
                && !ids(before.value()).contains(id)) {
            evicted.increment();
        }
        store.put(key, ValueAndTimestamp.make(event, time));
    }

    private static Duration kept(String key) {
        return key.charAt(key.lastIndexOf(PART) + 1) == SIGNED ? KEPT : WAITS;
    }

    private static String key(String host, char kind, String id, int slots) {
        return host + PART + kind + Math.floorMod(id.hashCode(), slots);
    }

    private static Event with(Event start, CodeSignature signature) {
        return RecordCopy.of(start)
                .set(
                        "process",
                        RecordCopy.of(start.getProcess())
                                .set("code_signature", signature)
                                .build())
                .build();
    }

    /** No more of a signature than a start asks for. */
    private static Event compact(Event signature) {
        Process process = signature.getProcess();
        return Event.newBuilder()
                .setEventId(signature.getEventId())
                .setTime(signature.getTime())
                .setKind(signature.getKind())
                .setSource(signature.getSource())
                .setProcess(Process.newBuilder()
                        .setHash(process.getHash())
                        .setCodeSignature(process.getCodeSignature())
                        .build())
                .build();
    }

    private static List<String> ids(Event event) {
        List<String> ids = hashes(event);
        if (event.getProcess().getEntityId() == null) {
            return ids;
        }
        ids.add(event.getProcess().getEntityId());
        return ids;
    }

    private static List<String> hashes(Event event) {
        @Nullable Hash hash = event.getProcess().getHash();
        var hashes = new ArrayList<String>(3);
        if (hash != null && hash.getSha256() != null) {
            hashes.add(hash.getSha256());
        }
        if (hash != null && hash.getSha1() != null) {
            hashes.add(hash.getSha1());
        }
        return hashes;
    }
}
