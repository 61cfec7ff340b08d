package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.detection.Detection;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.state.CaseGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cases of a host as a test keeps them, and the lifecycle that decides on them. */
final class InMemoryCases implements CaseLookup {

    static final Instant NOW = Instant.parse("2026-03-03T09:20:00Z");

    private final CaseLifecycle lifecycle = new CaseLifecycle(Duration.ofHours(4), Duration.ofDays(14));
    private final FeedbackHandling feedbackHandling;
    private final CaseFile caseFile = new CaseFile(Stories.ORGANISATION);
    private final Map<String, Alert> alerts = new HashMap<>();
    private final Map<String, CaseGroup> groups = new HashMap<>();

    InMemoryCases() {
        this(1);
    }

    /** @param verdictActors people for a verdict on a critical case */
    InMemoryCases(int verdictActors) {
        feedbackHandling = new FeedbackHandling(2, verdictActors);
    }

    @Override
    public @Nullable Alert last(String alertId) {
        return alerts.get(alertId);
    }

    @Override
    public CaseGroup group(String dedupKey) {
        return groups.getOrDefault(dedupKey, CaseGroup.newBuilder().build());
    }

    LifecycleDecision detect(Detection detection) {
        return keep(lifecycle.detected(
                detection, id -> caseFile.of(detection, id, CaseContext.none(detection)), this, NOW));
    }

    LifecycleDecision say(Feedback feedback) {
        return keep(feedbackHandling.apply(feedback, this));
    }

    LifecycleDecision due(String alertId, Instant now) {
        return keep(lifecycle.due(last(alertId), this, now));
    }

    /** The last revision that was sent. */
    static Alert sent(LifecycleDecision decision) {
        return all(decision).getLast();
    }

    /** Everything that was sent. */
    static List<Alert> all(LifecycleDecision decision) {
        return switch (decision) {
            case LifecycleDecision.Send send -> new ArrayList<>(send.alerts());
            case LifecycleDecision.Skip skip -> throw new AssertionError("skipped: " + skip.reason());
        };
    }

    private LifecycleDecision keep(LifecycleDecision decision) {
        if (decision instanceof LifecycleDecision.Send send) {
            for (Alert alert : send.alerts()) {
                alerts.put(alert.getAlertId(), alert);
                groups.put(HostCases.key(alert), HostCases.with(group(HostCases.key(alert)), alert));
            }
            if (send.group() != null) {
                groups.put(send.alerts().getLast().getDedupKey(), send.group());
            }
        }
        return decision;
    }
}
