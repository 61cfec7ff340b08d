package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.casefile.OrganisationSettings;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.lifecycle.CaseDraft;
import io.clicktrail.alerter.lifecycle.CaseLifecycle;
import io.clicktrail.alerter.lifecycle.FeedbackHandling;
import io.clicktrail.alerter.lifecycle.HostCases;
import io.clicktrail.alerter.lifecycle.LifecycleDecision;
import io.clicktrail.alerter.lifecycle.RevisionDelay;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.state.Finding;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Turns detections, findings, feedback and deadlines into revisions of cases. A revision has the delivery time of the
 * input that caused it.
 *
 * @param known what the organisation knows of its hosts, people, exercises and playbooks
 * @param delay how long a revision waits for more findings
 * @param memory how long the last revision of a case is kept
 */
public record ReviseCases(
        OrganisationSettings organisation,
        OrganisationTable known,
        CaseLifecycle lifecycle,
        FeedbackHandling feedbackHandling,
        RevisionDelay delay,
        Duration memory,
        MeterRegistry meters)
        implements ProcessorSupplier<String, CaseInput, String, Alert> {

    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);
    private static final Duration CHECK_CLOCK_INTERVAL = Duration.ofSeconds(5);

    @Override
    public Processor<String, CaseInput, String, Alert> get() {
        return new Reviser();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return CaseStore.stores();
    }

    private final class Reviser implements Processor<String, CaseInput, String, Alert> {

        private final CaseFile caseFile = new CaseFile(organisation, known);

        /** Revisions that are due; the store is scanned again only when all of these are written. */
        private final Deque<CaseStore.Ready> ready = new ArrayDeque<>();

        private @Nullable ProcessorContext<String, Alert> context;
        private @Nullable CaseStore cases;
        private long intervalStart;
        private int newCases;
        private int newCasesBefore;
        private boolean busy;

        @Override
        public void init(ProcessorContext<String, Alert> context) {
            var store = new CaseStore(context, memory);
            this.context = context;
            cases = store;
            CommitPolicy.apply(context);
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, store::expire);
            context.schedule(RevisionDelay.CHECK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::revisePending);
            context.schedule(CHECK_CLOCK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::checkDeadlines);
        }

        @Override
        public void process(Record<String, CaseInput> record) {
            busy = true;
            switch (record.value()) {
                case CaseInput.Detected input -> detected(input.detection(), record.timestamp());
                case CaseInput.ContextFound input -> found(input.finding(), record.timestamp());
                case CaseInput.FeedbackReceived input -> feedback(input.feedback(), record.timestamp());
            }
        }

        private void detected(Detection detection, long delivered) {
            var store = Objects.requireNonNull(cases);
            String id = detection.getDetectionId();
            Alert last = store.last(id, now());
            if (last != null && isUnchanged(detection, last)) {
                skipped(LifecycleDecision.Reason.SAME_CONTENT);
                return;
            }
            boolean open = last != null;
            boolean burst = delay.isBurst(newCases, newCasesBefore);
            newCases += open ? 0 : 1;
            if (!open && burst && mayWait(detection)) {
                store.put(detection);
                if (!store.isPending(id)) {
                    store.addPending(
                            id, wallClock().plus(RevisionDelay.MIN_DELAY).toEpochMilli(), delivered);
                }
                return;
            }
            store.removePending(id);
            LifecycleDecision decision = decide(detection, lag(detection, delivered));
            if (open || decision instanceof LifecycleDecision.Send) {
                store.put(detection);
            } else {
                store.remove(id);
            }
            apply(decision, delivered);
        }

        /** A detection with the content that its case was made from makes no revision. */
        private static boolean isUnchanged(Detection detection, Alert last) {
            return detection.getChange() != DetectionChange.CLOSED
                    && detection.getContentHash().equals(last.getDetectionHash());
        }

        private boolean mayWait(Detection detection) {
            return detection.getChange() != DetectionChange.CLOSED
                    && !Judgement.high(detection, context(detection).devices());
        }

        /** A finding is kept at once and is part of the next revision of its case. */
        private void found(Finding finding, long delivered) {
            var store = Objects.requireNonNull(cases);
            String id = finding.getDetectionId();
            if (store.isPending(id)) {
                store.put(finding);
                return;
            }
            Alert last = store.last(id, now());
            if (last == null || !store.put(finding)) {
                return;
            }
            Duration wait = delay.forFinding(finding, last.getRevision());
            if (wait.isZero()) {
                revise(id, delivered);
            } else {
                store.addPending(id, wallClock().plus(wait).toEpochMilli(), delivered);
            }
        }

        private void revisePending(long wallClock) {
            if (wallClock - intervalStart >= RevisionDelay.MIN_DELAY.toMillis()) {
                newCasesBefore = wallClock - intervalStart < 2 * RevisionDelay.MIN_DELAY.toMillis() ? newCases : 0;
                newCases = 0;
                intervalStart = wallClock;
            }
            long end = System.nanoTime() + delay.writingTime(busy).toNanos();
            busy = false;
            var store = Objects.requireNonNull(cases);
            if (ready.isEmpty()) {
                ready.addAll(store.ready(wallClock));
            }
            while (!ready.isEmpty()) {
                CaseStore.Ready next = ready.removeFirst();
                if (store.isReady(next.detectionId(), wallClock)) {
                    revise(next.detectionId(), next.delivered());
                }
                if (System.nanoTime() >= end) {
                    return;
                }
            }
        }

        private void revise(String detectionId, long delivered) {
            var store = Objects.requireNonNull(cases);
            store.removePending(detectionId);
            Detection detection = store.detection(detectionId);
            if (detection != null) {
                Alert last = store.last(detectionId, now());
                apply(decide(detection, lagOf(last, detection, delivered)), delivered);
            }
        }

        /** The lag that the case has, as long as its chain is the same. */
        private static @Nullable Long lagOf(@Nullable Alert last, Detection detection, long delivered) {
            if (last != null) {
                return last.getIngestLagMs();
            }
            return lag(detection, delivered);
        }

        private static long lag(Detection detection, long delivered) {
            return Math.max(0, delivered - detection.getLastEventTime().toEpochMilli());
        }

        /** @param lag from the latest event to the arrival of the chain, milliseconds; null where it is not known */
        private LifecycleDecision decide(Detection detection, @Nullable Long lag) {
            var store = Objects.requireNonNull(cases);
            CaseContext known = context(detection);
            CaseDraft draft = id -> CaseCopy.of(caseFile.of(detection, id, known))
                    .setIngestLagMs(lag)
                    .build();
            return lifecycle.detected(detection, draft, store.at(now()), wallClock());
        }

        private CaseContext context(Detection detection) {
            return CaseContext.of(detection, Objects.requireNonNull(cases).findings(detection.getDetectionId()));
        }

        private void feedback(Feedback feedback, long delivered) {
            var store = Objects.requireNonNull(cases);
            if (feedback.getKind() == FeedbackKind.REMOVED) {
                store.forget(feedback.getAlertId());
                return;
            }
            Metric.CASE_FEEDBACK
                    .counter(meters, "kind", lower(feedback.getKind()))
                    .increment();
            if (store.isPending(feedback.getAlertId())) {
                revise(feedback.getAlertId(), delivered);
            }
            apply(feedbackHandling.apply(feedback, store.at(now())), delivered);
        }

        private void checkDeadlines(long wallClock) {
            var store = Objects.requireNonNull(cases);
            long now = now();
            for (String alertId : store.due(wallClock)) {
                apply(
                        lifecycle.due(store.last(alertId, now), store.at(now), Instant.ofEpochMilli(wallClock)),
                        Math.max(store.delivered(alertId), now));
            }
        }

        private void apply(LifecycleDecision decision, long delivered) {
            switch (decision) {
                case LifecycleDecision.Send send -> send(send, delivered);
                case LifecycleDecision.Skip skip -> skipped(skip.reason());
            }
        }

        private void skipped(LifecycleDecision.Reason reason) {
            Metric.CASES_UNCHANGED.counter(meters, "reason", lower(reason)).increment();
        }

        private void send(LifecycleDecision.Send send, long delivered) {
            var store = Objects.requireNonNull(cases);
            if (send.group() != null) {
                store.put(send.alerts().getLast().getDedupKey(), send.group());
            }
            for (Alert alert : send.alerts()) {
                store.put(alert, now());
                store.put(HostCases.key(alert), HostCases.with(store.group(HostCases.key(alert)), alert));
                count(alert);
                Objects.requireNonNull(context)
                        .forward(new Record<>(alert.getAlertId(), alert, delivered, new RecordHeaders()));
            }
        }

        private void count(Alert alert) {
            Metric.CASES
                    .counter(
                            meters,
                            "lifecycle",
                            lower(alert.getLifecycle()),
                            "tier",
                            Integer.toString(alert.getEscalation().getTier()))
                    .increment();
        }

        /** Stream time; not known before the first record of a restarted task, and nothing expires until then. */
        private long now() {
            return Objects.requireNonNull(context).currentStreamTimeMs();
        }

        private Instant wallClock() {
            return Instant.ofEpochMilli(Objects.requireNonNull(context).currentSystemTimeMs());
        }
    }

    private static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
