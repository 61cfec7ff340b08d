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
 * Exchange Online's message trace (learn.microsoft.com, Get-MessageTraceV2), one row per recipient, in the spelling of
 * the reporting service and of Graph. {@code Received} is UTC without saying so.
 */
public final class MessageTraceJson implements JsonFormat {

    private static final String DATASET = "microsoft.message-trace";

    private final int traceId;
    private final int recipient;
    private final int graphRecipient;
    private final int received;
    private final MailEvents events;

    public MessageTraceJson(JsonPaths paths) {
        traceId = paths.field("MessageTraceId");
        recipient = paths.field("RecipientAddress");
        graphRecipient = paths.field("recipientAddress");
        received = paths.field("receivedDateTime");
        events = new MailEvents(new FieldTable<>(
                paths,
                MailField.class,
                Map.of(
                        MailField.TIME, "Received receivedDateTime",
                        MailField.USER, "RecipientAddress recipientAddress",
                        MailField.MESSAGE_ID, "MessageId messageId",
                        MailField.LOCAL_ID, "MessageTraceId id",
                        MailField.FROM, "SenderAddress senderAddress",
                        MailField.SUBJECT, "Subject subject",
                        MailField.VERDICT, "Status status"),
                ""));
    }

    @Override
    public String name() {
        return "microsoft.message-trace";
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return (document.has(traceId) && document.has(recipient))
                || (document.has(graphRecipient) && document.has(received));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String status = events.get(document, MailField.VERDICT);
        EventDraft draft = events.mail(DATASET, document, List.of(), MailOutcomes.of(status));
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        draft.identity(
                DATASET,
                events.get(document, MailField.LOCAL_ID),
                events.get(document, MailField.USER),
                events.get(document, MailField.TIME),
                status);
        return context.event(draft.code(status), this);
    }
}
