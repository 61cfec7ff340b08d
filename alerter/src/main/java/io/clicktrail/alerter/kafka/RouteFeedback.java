package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.streams.commits.CommitPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
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
 * Routes feedback, which names a case by its id, to the host under which the case is kept. Feedback on a case that is
 * not known yet, as in a replay, waits for the case. When a case is removed, so is what is kept here of it.
 *
 * <p>An acknowledgement of the case of a campaign, or a verdict on it, goes to the cases of all its hosts.
 *
 * @param memory how long the host of a case is kept, and feedback waits
 */
public record RouteFeedback(Duration memory)
        implements ProcessorSupplier<String, RouteFeedback.Input, String, Feedback> {

    private static final String HOSTS = "hosts-by-case";
    private static final String MEMBERS = "campaign-members";
    private static final String PENDING = "pending-feedback";
    private static final String EXPIRIES = "hosts-by-expiry";
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);
    private static final int MAX_PENDING = 16;

    /** The host of a case, or feedback on it. */
    public sealed interface Input {

        /** The host under which a case is kept. */
        record CaseHost(String host) implements Input {}

        /** The cases of the hosts of a campaign, as {@link #membersOf} writes them. */
        record CampaignMembers(String members) implements Input {}

        /** Feedback. */
        record FeedbackReceived(Feedback feedback) implements Input {}
    }

    /** A line for each case of a campaign: its id, a blank and its host. */
    public static String membersOf(Alert campaign) {
        return campaign.getCampaignMembers().stream()
                .map(member -> member.getAlertId() + ' ' + member.getHostname())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public Processor<String, Input, String, Feedback> get() {
        return new Router();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(HOSTS), Serdes.String(), Serdes.String()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(MEMBERS), Serdes.String(), Serdes.String()),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(PENDING), Serdes.String(), new StateSerdes().of(Feedback.class)),
                TimeIndex.store(EXPIRIES));
    }

    private final class Router implements Processor<String, Input, String, Feedback> {

        private @Nullable ProcessorContext<String, Feedback> context;
        private @Nullable KeyValueStore<String, String> hosts;
        private @Nullable KeyValueStore<String, String> campaigns;
        private @Nullable KeyValueStore<String, Feedback> pending;
        private @Nullable TimeIndex expiries;

        @Override
        public void init(ProcessorContext<String, Feedback> context) {
            this.context = context;
            hosts = context.getStateStore(HOSTS);
            campaigns = context.getStateStore(MEMBERS);
            pending = context.getStateStore(PENDING);
            expiries = new TimeIndex(context.getStateStore(EXPIRIES));
            CommitPolicy.apply(context, "by-case");
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, this::expire);
        }

        @Override
        public void process(Record<String, Input> record) {
            switch (record.value()) {
                case Input.CaseHost at -> caseHost(record, at.host());
                case Input.CampaignMembers of -> campaign(record, of.members());
                case Input.FeedbackReceived input -> received(record, input.feedback());
            }
        }

        private void caseHost(Record<String, Input> record, String host) {
            if (Objects.requireNonNull(hosts).putIfAbsent(record.key(), host) == null) {
                Objects.requireNonNull(expiries).add(record.timestamp() + memory.toMillis(), record.key());
            }
            sendPending(record, feedback -> send(record, host, feedback));
        }

        private void campaign(Record<String, Input> record, String members) {
            if (Objects.requireNonNull(campaigns).get(record.key()) == null) {
                Objects.requireNonNull(expiries).add(record.timestamp() + memory.toMillis(), record.key());
            }
            Objects.requireNonNull(campaigns).put(record.key(), members);
            sendPending(record, feedback -> sendToMembers(record, members, feedback));
        }

        private void sendPending(Record<String, Input> record, Consumer<Feedback> send) {
            try (var found = Objects.requireNonNull(pending).prefixScan(record.key() + '|', new StringSerializer())) {
                while (found.hasNext()) {
                    var entry = found.next();
                    send.accept(entry.value);
                    Objects.requireNonNull(pending).delete(entry.key);
                }
            }
        }

        /** What is only about the case of the campaign in another system, or an action of it, is of no host's case. */
        private void sendToMembers(Record<String, Input> record, String members, Feedback feedback) {
            boolean isForAll =
                    feedback.getKind() == FeedbackKind.ACKNOWLEDGE || feedback.getKind() == FeedbackKind.VERDICT;
            for (String member : isForAll ? members.split("\n") : new String[0]) {
                int end = member.indexOf(' ');
                Feedback ofMember = Feedback.newBuilder(feedback)
                        .setAlertId(member.substring(0, end))
                        .build();
                send(record, member.substring(end + 1), ofMember);
            }
        }

        private void received(Record<String, Input> record, Feedback feedback) {
            String host = Objects.requireNonNull(hosts).get(record.key());
            if (host != null) {
                send(record, host, feedback);
                if (feedback.getKind() == FeedbackKind.REMOVED) {
                    Objects.requireNonNull(hosts).delete(record.key());
                }
                return;
            }
            String members = Objects.requireNonNull(campaigns).get(record.key());
            if (feedback.getKind() == FeedbackKind.REMOVED) {
                removePending(record.key());
                Objects.requireNonNull(campaigns).delete(record.key());
                return;
            }
            if (members != null) {
                sendToMembers(record, members, feedback);
                return;
            }
            for (int slot = 0; slot < MAX_PENDING; slot++) {
                String key = record.key() + '|' + (char) ('a' + slot);
                if (Objects.requireNonNull(pending).putIfAbsent(key, feedback) == null) {
                    Objects.requireNonNull(expiries).add(record.timestamp() + memory.toMillis(), record.key());
                    return;
                }
            }
        }

        private void send(Record<String, Input> record, String host, Feedback feedback) {
            Objects.requireNonNull(context).forward(record.withKey(host).withValue(feedback));
        }

        private void expire(long now) {
            for (String alertId : Objects.requireNonNull(expiries).take(now)) {
                Objects.requireNonNull(hosts).delete(alertId);
                Objects.requireNonNull(campaigns).delete(alertId);
                removePending(alertId);
            }
        }

        private void removePending(String alertId) {
            for (int slot = 0; slot < MAX_PENDING; slot++) {
                Objects.requireNonNull(pending).delete(alertId + '|' + (char) ('a' + slot));
            }
        }
    }
}
