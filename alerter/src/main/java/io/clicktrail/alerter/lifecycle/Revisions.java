package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.lifecycle.Decision.Reason;
import io.clicktrail.alerter.lifecycle.Decision.Send;
import io.clicktrail.alerter.lifecycle.Decision.Skip;
import io.clicktrail.detection.DetectionChange;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the next revision of a case.
 *
 * <pre>
 *   nothing ──CREATE──► open ──UPDATE──► open ──CLOSE──► closed ──UPDATE──► open
 * </pre>
 *
 * <p>A create is sent once, to the tier it belongs to; what follows goes to the updates, also when the tier rises.
 */
public final class Revisions {

    private Revisions() {}

    /**
     * The decision on a draft.
     *
     * @param previous the revision that was sent last; null where none was
     * @param draft the case of the detection, as a first revision
     * @param change what the detection says of itself
     */
    public static Decision next(@Nullable Alert previous, Alert draft, DetectionChange change) {
        if (previous == null) {
            return change == DetectionChange.CLOSED ? new Skip(Reason.NOTHING_TO_CLOSE) : new Send(draft);
        }
        if (draft.getDetectionRevision() < previous.getDetectionRevision()
                && draft.getEvidenceTotal() <= previous.getEvidenceTotal()) {
            return new Skip(Reason.OLDER_REVISION);
        }
        boolean closed = previous.getLifecycle() == Lifecycle.CLOSE;
        if (change == DetectionChange.CLOSED) {
            return closed ? new Skip(Reason.NOTHING_TO_CLOSE) : close(previous, draft);
        }
        if (draft.getContentHash().equals(previous.getContentHash())) {
            return new Skip(Reason.SAME_CONTENT);
        }
        return update(previous, draft);
    }

    private static Send update(Alert previous, Alert draft) {
        var difference = Difference.between(previous, draft);
        return new Send(
                revision(previous, draft, Lifecycle.UPDATE, CaseState.NEW, difference.reason(), difference.note()));
    }

    private static Send close(Alert previous, Alert draft) {
        return new Send(revision(
                previous,
                draft,
                Lifecycle.CLOSE,
                CaseState.RESOLVED,
                ChangeReason.RETRACTED,
                "the events no longer make a chain"));
    }

    private static Alert revision(
            Alert previous, Alert draft, Lifecycle lifecycle, CaseState state, ChangeReason reason, String note) {
        int revision = previous.getRevision() + 1;
        return Alert.newBuilder(draft)
                .setRevision(revision)
                .setIdempotencyKey(draft.getAlertId() + ":" + revision)
                .setLifecycle(lifecycle)
                .setState(state)
                .setChangeReason(reason)
                .setChangeNote(note)
                .build();
    }
}
