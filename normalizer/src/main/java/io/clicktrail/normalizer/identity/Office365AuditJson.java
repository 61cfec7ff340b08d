package io.clicktrail.normalizer.identity;

import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import java.util.Map;

/**
 * The audit log of Office 365 (learn.microsoft.com, Office 365 Management Activity API schema): sign-ins and alerts.
 * Its rows about clicks and mails are another format. {@code CreationTime} is UTC without saying so.
 */
public final class Office365AuditJson implements JsonFormat {

    private static final String DATASET = "microsoft.office365.audit";

    private final int recordType;
    private final int workload;
    private final SignInEvents events;

    public Office365AuditJson(JsonPaths paths) {
        recordType = paths.field("RecordType");
        workload = paths.field("Workload");
        events = new SignInEvents(new FieldTable<>(
                paths,
                SignInField.class,
                Map.of(
                        SignInField.TIME, "CreationTime",
                        SignInField.RECORD_ID, "Id",
                        SignInField.ACTION, "Operation",
                        SignInField.USER, "UserId",
                        SignInField.CLIENT_IP, "ActorIpAddress ClientIP",
                        SignInField.SESSION, "SessionId",
                        SignInField.ALERT_ID, "AlertId",
                        SignInField.ALERT_TITLE, "Name",
                        SignInField.ALERT_SEVERITY, "Severity"),
                ""));
    }

    @Override
    public String name() {
        return "microsoft.office365-audit";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(recordType) && document.has(workload) && events.get(document, SignInField.ACTION) != null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String operation = events.get(document, SignInField.ACTION);
        EventDraft draft;
        if ("UserLoggedIn".equals(operation)) {
            draft = events.logon(DATASET, document, true, EventOutcome.SUCCESS);
        } else if ("UserLoginFailed".equals(operation)) {
            draft = events.logon(DATASET, document, true, EventOutcome.FAILURE);
        } else if ("AlertTriggered".equals(operation)) {
            draft = events.alert(DATASET, document);
        } else {
            return new Outcome.Ignored(DATASET, "operation without use here");
        }
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.get(document, SignInField.RECORD_ID);
        if (record != null) {
            draft.identity("office365", record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, this);
    }
}
