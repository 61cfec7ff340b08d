package io.clicktrail.alerter.feedback;

import io.clicktrail.alerter.feedback.FeedbackOutcome.Parsed;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Reason;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Refused;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topic of feedback and what may be said on it. Who may write to a topic is a matter of its ACL, so the topic, and
 * nothing in the record, shows whose feedback it is.
 *
 * @param destination whose topic it is; null for the shared one, where any destination may be named that has no topic
 *     of its own
 * @param kinds what may be said
 * @param reserved destinations with a topic of their own
 */
public record FeedbackSource(@Nullable String destination, Set<FeedbackKind> kinds, Set<String> reserved) {

    public FeedbackSource {
        kinds = Set.copyOf(kinds);
        reserved = Set.copyOf(reserved);
    }

    /** Whose topic it is, in words. */
    public String owner() {
        return destination == null ? "soar" : destination;
    }

    /** Reads a record of the topic. */
    public FeedbackOutcome read(@Nullable String json) {
        return switch (FeedbackJson.read(json)) {
            case Refused refused -> refused;
            case Parsed parsed -> allowed(parsed.feedback());
        };
    }

    private FeedbackOutcome allowed(Feedback feedback) {
        boolean isNamed = !feedback.getDestination().equals(FeedbackJson.NO_DESTINATION);
        boolean isOwn = destination == null
                ? !reserved.contains(feedback.getDestination())
                : !isNamed || feedback.getDestination().equals(destination);
        if (!isOwn) {
            return new Refused(Reason.OTHER_DESTINATION);
        }
        if (!kinds.contains(feedback.getKind())) {
            return new Refused(Reason.KIND_NOT_ALLOWED);
        }
        return new Parsed(
                destination == null || isNamed
                        ? feedback
                        : Feedback.newBuilder(feedback)
                                .setDestination(destination)
                                .build());
    }
}
