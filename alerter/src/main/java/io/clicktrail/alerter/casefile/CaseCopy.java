package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.schemas.RecordCopy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a case with some fields changed: {@link RecordCopy} with the fields that revisions change, by type.
 */
public final class CaseCopy {

    private final RecordCopy<Alert> copy;
    private final String alertId;

    private CaseCopy(Alert alert) {
        copy = RecordCopy.of(alert);
        alertId = alert.getAlertId();
    }

    /** A copy of a case to change. */
    public static CaseCopy of(Alert alert) {
        return new CaseCopy(alert);
    }

    /** Sets the revision, and with it the idempotency key. */
    public CaseCopy setRevision(int revision) {
        set("idempotency_key", alertId + ":" + revision);
        return set("revision", revision);
    }

    /** Sets the lifecycle step. */
    public CaseCopy setLifecycle(Lifecycle lifecycle) {
        return set("lifecycle", lifecycle);
    }

    /** Sets the state. */
    public CaseCopy setState(CaseState state) {
        return set("state", state);
    }

    /** Sets why there is a new revision. */
    public CaseCopy setChangeReason(ChangeReason reason) {
        return set("change_reason", reason);
    }

    /** Sets what changed, in words. */
    public CaseCopy setChangeNote(String note) {
        return set("change_note", note);
    }

    /** Sets the handling. */
    public CaseCopy setHandling(@Nullable Handling handling) {
        return set("handling", handling);
    }

    /** Sets the duplicates that are folded into this case. */
    public CaseCopy setFolded(List<String> folded) {
        return set("folded", folded);
    }

    /** Sets the places of folded chains that share a click, file or execution. */
    public CaseCopy setOtherPlaces(List<String> tenantKeys) {
        return set("other_places", tenantKeys);
    }

    /** Lets the case show a folded chain, in place of its own, of which it keeps the key, hash and revision. */
    public CaseCopy setWorseChain(String chainId, Alert own) {
        set("dedup_key", own.getDedupKey());
        set("detection_hash", own.getDetectionHash());
        set("detection_revision", own.getDetectionRevision());
        return set("worse_chain", chainId);
    }

    /** Sets how many cases are folded into this one. */
    public CaseCopy setSuppressedCount(int count) {
        return set("suppressed_count", count);
    }

    /** Sets the case that this one duplicates. */
    public CaseCopy setDuplicateOf(@Nullable String alertId) {
        return set("duplicate_of", alertId);
    }

    /** Sets the related cases. */
    public CaseCopy setRelatedAlerts(List<String> related) {
        return set("related_alerts", related);
    }

    /** Sets the escalation. */
    public CaseCopy setEscalation(Escalation escalation) {
        return set("escalation", escalation);
    }

    /** Sets where the revision goes. */
    public CaseCopy setRouting(List<String> routing) {
        return set("routing", routing);
    }

    /** Sets how long after its latest event the chain arrived, milliseconds. */
    public CaseCopy setIngestLagMs(@Nullable Long millis) {
        return set("ingest_lag_ms", millis);
    }

    /** The case with the hash of its content. */
    public Alert buildHashed() {
        set("content_hash", "");
        return set("content_hash", CaseFingerprints.content(copy.build())).build();
    }

    CaseCopy setDescriptionMd(String description) {
        return set("description_md", description);
    }

    CaseCopy setContentHash(String hash) {
        return set("content_hash", hash);
    }

    /** The case. */
    public Alert build() {
        return copy.build();
    }

    private CaseCopy set(String field, @Nullable Object value) {
        copy.set(field, value);
        return this;
    }
}
