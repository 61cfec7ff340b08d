package io.clicktrail.alerter.kafka;

import io.clicktrail.audit.AuditEntry;
import io.clicktrail.feedback.Feedback;
import org.jspecify.annotations.Nullable;

/**
 * A record of a feedback topic.
 *
 * @param feedback null where it is refused
 */
public record ReceivedFeedback(AuditEntry audit, @Nullable Feedback feedback) {}
