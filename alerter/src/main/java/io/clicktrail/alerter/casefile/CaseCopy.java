package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case again with some of its fields changed. What is not changed is shared, as nobody writes to the parts of a case;
 * Avro's own builder copies every part of the record that it starts from.
 */
public final class CaseCopy {

    private static final int REVISION = position("revision");
    private static final int IDEMPOTENCY_KEY = position("idempotency_key");
    private static final int LIFECYCLE = position("lifecycle");
    private static final int STATE = position("state");
    private static final int CHANGE_REASON = position("change_reason");
    private static final int CHANGE_NOTE = position("change_note");
    private static final int CONTENT_HASH = position("content_hash");
    private static final int HANDLING = position("handling");
    private static final int FOLDED = position("folded");
    private static final int SUPPRESSED_COUNT = position("suppressed_count");
    private static final int DUPLICATE_OF = position("duplicate_of");
    private static final int RELATED_ALERTS = position("related_alerts");
    private static final int ESCALATION = position("escalation");
    private static final int DESCRIPTION_MD = position("description_md");

    private final Alert copy;

    private CaseCopy(Alert copy) {
        this.copy = copy;
    }

    /** A copy of a case to change. */
    public static CaseCopy of(Alert alert) {
        var copy = new Alert();
        int fields = Alert.getClassSchema().getFields().size();
        for (int at = 0; at < fields; at++) {
            copy.put(at, alert.get(at));
        }
        return new CaseCopy(copy);
    }

    /** Sets the revision, and with it the key of idempotency. */
    public CaseCopy setRevision(int revision) {
        set(IDEMPOTENCY_KEY, copy.getAlertId() + ":" + revision);
        return set(REVISION, revision);
    }

    /** Sets the step in the life of the case. */
    public CaseCopy setLifecycle(Lifecycle lifecycle) {
        return set(LIFECYCLE, lifecycle);
    }

    /** Sets the state. */
    public CaseCopy setState(CaseState state) {
        return set(STATE, state);
    }

    /** Sets why there is a new revision. */
    public CaseCopy setChangeReason(ChangeReason reason) {
        return set(CHANGE_REASON, reason);
    }

    /** Sets what changed, in words. */
    public CaseCopy setChangeNote(String note) {
        return set(CHANGE_NOTE, note);
    }

    /** Sets what was done to the case. */
    public CaseCopy setHandling(@Nullable Handling handling) {
        return set(HANDLING, handling);
    }

    /** Sets the cases that are one with this one. */
    public CaseCopy setFolded(List<String> folded) {
        return set(FOLDED, folded);
    }

    /** Sets how many cases are one with this one. */
    public CaseCopy setSuppressedCount(int count) {
        return set(SUPPRESSED_COUNT, count);
    }

    /** Sets the case that this one is one with. */
    public CaseCopy setDuplicateOf(@Nullable String alertId) {
        return set(DUPLICATE_OF, alertId);
    }

    /** Sets the cases that have to do with this one. */
    public CaseCopy setRelatedAlerts(List<String> related) {
        return set(RELATED_ALERTS, related);
    }

    /** Sets who must look at it, and when. */
    public CaseCopy setEscalation(Escalation escalation) {
        return set(ESCALATION, escalation);
    }

    CaseCopy setDescriptionMd(String description) {
        return set(DESCRIPTION_MD, description);
    }

    CaseCopy setContentHash(String hash) {
        return set(CONTENT_HASH, hash);
    }

    /** The case. */
    public Alert build() {
        return copy;
    }

    private CaseCopy set(int position, @Nullable Object value) {
        copy.put(position, value);
        return this;
    }

    private static int position(String field) {
        return Alert.getClassSchema().getField(field).pos();
    }
}
