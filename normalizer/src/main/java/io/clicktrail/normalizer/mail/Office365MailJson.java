package io.clicktrail.normalizer.mail;

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
 * Clicks and mails in the audit log of Office 365: the operations {@code TIUrlClickData} and {@code TIMailData} of
 * Defender for Office 365 (learn.microsoft.com, Office 365 Management Activity API schema). The click's time is {@code
 * TimeOfClick}, the row's {@code CreationTime} comes later.
 */
public final class Office365MailJson implements JsonFormat {

    private static final String CLICK = "TIUrlClickData";
    private static final String MAIL = "TIMailData";
    private static final String DATASET = "microsoft.office365.mail";

    private final int operation;
    private final MailEvents events;

    public Office365MailJson(JsonPaths paths) {
        operation = paths.field("Operation");
        events = new MailEvents(new FieldTable<>(
                paths,
                MailField.class,
                Map.ofEntries(
                        Map.entry(MailField.TIME, "TimeOfClick MessageTime CreationTime"),
                        Map.entry(MailField.RECORD_ID, "Id"),
                        Map.entry(MailField.USER, "Recipients UserId"),
                        Map.entry(MailField.CLIENT_IP, "UserIp"),
                        Map.entry(MailField.URL, "Url URL"),
                        Map.entry(MailField.MESSAGE_ID, "InternetMessageId"),
                        Map.entry(MailField.LOCAL_ID, "NetworkMessageId SourceId"),
                        Map.entry(MailField.FROM, "P2Sender P1Sender"),
                        Map.entry(MailField.TO, "Recipients"),
                        Map.entry(MailField.SUBJECT, "Subject"),
                        Map.entry(MailField.VERDICT, "UrlClickAction URLClickAction DeliveryAction")),
                ""));
    }

    @Override
    public String name() {
        return "microsoft.office365-mail";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        String done = document.get(operation);
        return CLICK.equals(done) || MAIL.equals(done);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String done = document.get(operation);
        String word = events.get(document, MailField.VERDICT);
        EventDraft draft = CLICK.equals(done)
                ? events.click(DATASET, document, MailOutcomes.of(word))
                : events.mail(DATASET, document, List.of(), MailOutcomes.of(word));
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.get(document, MailField.RECORD_ID);
        if (record != null) {
            draft.identity("office365", record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(done), this);
    }
}
