package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.DeliveryLimits;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.DeliveryAnswer;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.LimitBalance;
import io.clicktrail.state.Storm;
import io.clicktrail.streams.commits.CommitPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a tenant and its storms. Notes of new cases come keyed by tenant, about 200 bytes each; answers go to
 * the partition that asked, and have the delivery time of the case.
 */
public record ApplyLimits(DeliveryLimits limits, AlertStorms storms)
        implements ProcessorSupplier<String, DeliveryNote, String, DeliveryAnswer> {

    private static final String BUCKETS = "tenant-limits";
    private static final String STORMS = "alert-storms";
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);
    private static final Duration CHECK_CLOCK_INTERVAL = Duration.ofSeconds(5);
    private static final char PART = '|';

    @Override
    public Processor<String, DeliveryNote, String, DeliveryAnswer> get() {
        return new Limiter();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        // Few and small: a bucket and a storm for each rule and tenant.
        return Set.of(
                CaseSender.store(Stores.inMemoryKeyValueStore(BUCKETS), Bucket.class),
                CaseSender.store(Stores.inMemoryKeyValueStore(STORMS), Storm.class));
    }

    private final class Limiter implements Processor<String, DeliveryNote, String, DeliveryAnswer> {

        private @Nullable ProcessorContext<String, DeliveryAnswer> context;
        private @Nullable KeyValueStore<String, Bucket> buckets;
        private @Nullable KeyValueStore<String, Storm> current;

        @Override
        public void init(ProcessorContext<String, DeliveryAnswer> context) {
            this.context = context;
            buckets = context.getStateStore(BUCKETS);
            current = context.getStateStore(STORMS);
            CommitPolicy.apply(context);
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, this::expire);
            context.schedule(CHECK_CLOCK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::checkStorms);
        }

        @Override
        public void process(Record<String, DeliveryNote> record) {
            DeliveryNote note = record.value();
            switch (note.getWhat()) {
                case SENT -> answer(note, null, 1);
                case WAITING -> {
                    String limit = limits.holdsBack(note, key -> buckets().get(key));
                    answer(note, limit, limit == null ? 1 : 0);
                    if (limit != null) {
                        count(note, limit);
                    }
                }
                case HELD_BACK -> count(note, Objects.requireNonNull(note.getHeldBackBy()));
            }
        }

        private void answer(DeliveryNote note, @Nullable String heldBackBy, int tokens) {
            List<LimitBalance> balances =
                    limits.spend(note, tokens, key -> buckets().get(key));
            for (LimitBalance balance : balances) {
                buckets().put(balance.getLimit(), new Bucket(balance.getTokens(), balance.getAt()));
            }
            send(
                    DeliveryAnswer.newBuilder()
                            .setPartition(note.getPartition())
                            .setAlertId(note.getAlertId())
                            .setWhat(note.getWhat())
                            .setHeldBackBy(heldBackBy)
                            .setBalances(balances)
                            .build(),
                    note.getTenant(),
                    note.getDelivered());
        }

        private void count(DeliveryNote note, String limit) {
            String key = note.getTenant() + PART + note.getRule();
            Storm storm = storms().get(key);
            if (storm != null && storms.isOver(storm, note.getDelivered())) {
                summarize(key, storm);
                storm = null;
            }
            Storm counted = storm == null
                    ? storms.begin(note, Objects.requireNonNull(context).currentSystemTimeMs())
                    : storm;
            storms().put(key, AlertStorms.add(counted, note, limit));
        }

        /** Asks for the summary of a storm where it has unreported cases. */
        private void summarize(String key, Storm storm) {
            if (!AlertStorms.hasUnreported(storm)) {
                return;
            }
            int part = key.lastIndexOf(PART);
            send(
                    DeliveryAnswer.newBuilder()
                            .setPartition(storm.getPartition())
                            .setRule(key.substring(part + 1))
                            .setSummary(storm)
                            .build(),
                    key.substring(0, part),
                    Math.max(0, Objects.requireNonNull(context).currentStreamTimeMs()));
            storms().put(key, AlertStorms.reported(storm));
        }

        private void checkStorms(long wallClock) {
            var over = new ArrayList<String>();
            try (var all = storms().all()) {
                all.forEachRemaining(entry -> {
                    if (wallClock - entry.value.getBegun() >= storms.span().toMillis()) {
                        over.add(entry.key);
                    }
                });
            }
            for (String key : over) {
                summarize(key, Objects.requireNonNull(storms().get(key)));
                storms().put(
                                key,
                                Storm.newBuilder(Objects.requireNonNull(storms().get(key)))
                                        .setBegun(wallClock)
                                        .build());
            }
        }

        private void expire(long now) {
            try (var all = buckets().all()) {
                while (all.hasNext()) {
                    var entry = all.next();
                    if (DeliveryLimits.isFull(entry.value.getTokens(), entry.value.getAt(), now)) {
                        buckets().delete(entry.key);
                    }
                }
            }
        }

        private void send(DeliveryAnswer answer, String tenant, long delivered) {
            Objects.requireNonNull(context)
                    .forward(new Record<>(tenant, answer, Math.max(0, delivered), new RecordHeaders()));
        }

        private KeyValueStore<String, Bucket> buckets() {
            return Objects.requireNonNull(buckets);
        }

        private KeyValueStore<String, Storm> storms() {
            return Objects.requireNonNull(current);
        }
    }
}
