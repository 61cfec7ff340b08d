package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.casefile.OrganisationSettings;
import io.clicktrail.alerter.context.Context;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.lifecycle.CaseLifecycle;
import io.clicktrail.alerter.lifecycle.FeedbackHandling;
import io.clicktrail.alerter.lifecycle.LifecycleDecision;
import io.clicktrail.alerter.lifecycle.RevisionDelay;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.state.Finding;
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
 * Turns detections, what was found out beside them, feedback and the passing of time into revisions of cases. They go
 * on with the time of delivery of what caused them.
 *
 * @param patience how long a revision waits for more
 * @param memory how long the last revision of a case is remembered
 */
public record ReviseCases(
        OrganisationSettings organisation,
        CaseLifecycle desk,
        FeedbackHandling feedbacks,
        RevisionDelay patience,
        Duration memory,
        MeterRegistry meters)
        implements ProcessorSupplier<String, CaseInput, String, Alert> {

    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
    private static final Duration LOOK_AT_CLOCK_EVERY = Duration.ofSeconds(5);

    @Override
    public Processor<String, CaseInput, String, Alert> get() {
        return new Reviser();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return CaseStore.stores();
    }

    private final class Reviser implements Processor<String, CaseInput, String, Alert> {

        private final CaseFile caseFile = new CaseFile(organisation);

        /** What the looks to come write; all that waits is gone through anew only when this is done. */
        private final Deque<CaseStore.Ready> ready = new ArrayDeque<>();

        private @Nullable ProcessorContext<String, Alert> context;
        private @Nullable CaseStore cases;
        private long slotStart;
        private int begun;
        private int begunBefore;
        private boolean busy;

        @Override
        public void init(ProcessorContext<String, Alert> context) {
            var memories = new CaseStore(context, memory);
            this.context = context;
            cases = memories;
            context.schedule(FORGET_EVERY, PunctuationType.STREAM_TIME, memories::forget);
            context.schedule(RevisionDelay.LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::reviseWaiting);
            context.schedule(LOOK_AT_CLOCK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::lookAtClock);
        }

        @Override
        public void process(Record<String, CaseInput> record) {
            busy = true;
            switch (record.value()) {
                case CaseInput.Detected input -> detected(input.detection(), record.timestamp());
                case CaseInput.Found input -> found(input.finding(), record.timestamp());
                case CaseInput.Said input -> said(input.feedback(), record.timestamp());
            }
        }

        private void detected(Detection detection, long delivered) {
            var memories = Objects.requireNonNull(cases);
            String id = detection.getDetectionId();
            Alert last = memories.last(id, now());
            if (last != null && repeats(detection, last)) {
                skipped(LifecycleDecision.Reason.SAME_CONTENT);
                return;
            }
            boolean open = last != null;
            boolean flooded = patience.flooded(begun, begunBefore);
            begun += open ? 0 : 1;
            if (!open && flooded && mayWait(detection)) {
                memories.remember(detection);
                if (!memories.waits(id)) {
                    memories.await(id, wallClock().plus(RevisionDelay.SLOT).toEpochMilli(), delivered);
                }
                return;
            }
            memories.settle(id);
            LifecycleDecision decision = decide(detection);
            if (open || decision instanceof LifecycleDecision.Send) {
                memories.remember(detection);
            } else {
                memories.forget(id);
            }
            apply(decision, delivered);
        }

        /** A detection that says what the case was written from is not written up again. */
        private static boolean repeats(Detection detection, Alert last) {
            return detection.getChange() != DetectionChange.CLOSED
                    && detection.getContentHash().equals(last.getDetectionHash());
        }

        private boolean mayWait(Detection detection) {
            return detection.getChange() != DetectionChange.CLOSED
                    && !Judgement.high(detection, context(detection).devices());
        }

        /** What is found out is kept at once and told in the next revision of its case. */
        private void found(Finding finding, long delivered) {
            var memories = Objects.requireNonNull(cases);
            String id = finding.getDetectionId();
            if (memories.waits(id)) {
                memories.remember(finding);
                return;
            }
            Alert last = memories.last(id, now());
            if (last == null || !memories.remember(finding)) {
                return;
            }
            Duration wait = patience.before(finding, last.getRevision());
            if (wait.isZero()) {
                revise(id, delivered);
            } else {
                memories.await(id, wallClock().plus(wait).toEpochMilli(), delivered);
            }
        }

        private void reviseWaiting(long wallClock) {
            if (wallClock - slotStart >= RevisionDelay.SLOT.toMillis()) {
                begunBefore = wallClock - slotStart < 2 * RevisionDelay.SLOT.toMillis() ? begun : 0;
                begun = 0;
                slotStart = wallClock;
            }
            long end = System.nanoTime() + patience.forRevisions(busy).toNanos();
            busy = false;
            var memories = Objects.requireNonNull(cases);
            if (ready.isEmpty()) {
                ready.addAll(memories.ready(wallClock));
            }
            while (!ready.isEmpty()) {
                CaseStore.Ready next = ready.removeFirst();
                if (memories.isReady(next.detectionId(), wallClock)) {
                    revise(next.detectionId(), next.delivered());
                }
                if (System.nanoTime() >= end) {
                    return;
                }
            }
        }

        private void revise(String detectionId, long delivered) {
            var memories = Objects.requireNonNull(cases);
            memories.settle(detectionId);
            Detection detection = memories.detection(detectionId);
            if (detection != null) {
                apply(decide(detection), delivered);
            }
        }

        private LifecycleDecision decide(Detection detection) {
            var memories = Objects.requireNonNull(cases);
            Context known = context(detection);
            return desk.detected(detection, id -> caseFile.of(detection, id, known), memories.at(now()), wallClock());
        }

        private Context context(Detection detection) {
            return Context.of(detection, Objects.requireNonNull(cases).findings(detection.getDetectionId()));
        }

        private void said(Feedback feedback, long delivered) {
            var memories = Objects.requireNonNull(cases);
            Metric.CASE_FEEDBACK
                    .counter(meters, "kind", lower(feedback.getKind()))
                    .increment();
            if (memories.waits(feedback.getAlertId())) {
                revise(feedback.getAlertId(), delivered);
            }
            apply(feedbacks.said(feedback, memories.at(now())), delivered);
        }

        private void lookAtClock(long wallClock) {
            var memories = Objects.requireNonNull(cases);
            long now = now();
            for (String alertId : memories.due(wallClock)) {
                apply(
                        desk.due(memories.last(alertId, now), memories.at(now), Instant.ofEpochMilli(wallClock)),
                        Math.max(memories.delivered(alertId), now));
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
            var memories = Objects.requireNonNull(cases);
            if (send.group() != null) {
                memories.remember(send.alerts().getLast().getDedupKey(), send.group());
            }
            for (Alert alert : send.alerts()) {
                memories.remember(alert, now());
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

        /** Stream time; before the first record of a restarted task it is not known, and nothing is forgotten. */
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
