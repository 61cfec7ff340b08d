package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.streams.commits.CommitPolicy;
import java.time.Duration;
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
 * Turns the cases of hosts into those of campaigns. Input is keyed by campaign, output by the campaign's case, which
 * goes the way of a case from there.
 *
 * @param memory how long a campaign is kept after its last case
 */
public record GatherCampaigns(Duration memory) implements ProcessorSupplier<String, Alert, String, Alert> {

    private static final String CAMPAIGNS = "campaigns";
    private static final String TIMES = "campaigns-by-time";
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);

    @Override
    public Processor<String, Alert, String, Alert> get() {
        return new Gatherer();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(CaseSender.store(Stores.persistentKeyValueStore(CAMPAIGNS), Alert.class), TimeIndex.store(TIMES));
    }

    private final class Gatherer implements Processor<String, Alert, String, Alert> {

        private @Nullable ProcessorContext<String, Alert> context;
        private @Nullable KeyValueStore<String, Alert> campaigns;
        private @Nullable TimeIndex expiries;

        @Override
        public void init(ProcessorContext<String, Alert> context) {
            this.context = context;
            campaigns = context.getStateStore(CAMPAIGNS);
            expiries = new TimeIndex(context.getStateStore(TIMES));
            CommitPolicy.apply(context);
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, this::expire);
        }

        @Override
        public void process(Record<String, Alert> record) {
            var store = Objects.requireNonNull(campaigns);
            String key = record.key();
            Alert last = store.get(key);
            Alert next = CampaignCase.with(last, record.value());
            if (next == null || next == last) {
                return;
            }
            store.put(key, next);
            Objects.requireNonNull(expiries).add(record.timestamp() + memory.toMillis(), key);
            if (CampaignCase.isSent(next)) {
                Objects.requireNonNull(context)
                        .forward(new Record<>(next.getAlertId(), next, record.timestamp(), new RecordHeaders()));
            }
        }

        private void expire(long now) {
            for (String key : Objects.requireNonNull(expiries).take(now)) {
                Objects.requireNonNull(campaigns).delete(key);
            }
        }
    }
}
