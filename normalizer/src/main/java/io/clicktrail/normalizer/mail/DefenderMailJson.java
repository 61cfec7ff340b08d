package io.clicktrail.normalizer.mail;

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
 * Microsoft Defender XDR's streamed tables about mail (learn.microsoft.com, advanced hunting schema): clicks that Safe
 * Links saw, mails, and the links in them. {@code NetworkMessageId} ties the three together.
 */
public final class DefenderMailJson implements JsonFormat {

    private static final String CLICKS = "AdvancedHunting-UrlClickEvents";
    private static final String MAILS = "AdvancedHunting-EmailEvents";
    private static final String LINKS = "AdvancedHunting-EmailUrlInfo";
    private static final String DATASET = "microsoft.defender.mail";

    private final int category;
    private final int clickedThrough;
    private final MailEvents events;

    public DefenderMailJson(JsonPaths paths) {
        category = paths.field("category");
        clickedThrough = paths.field("properties.IsClickedThrough");
        events = new MailEvents(new FieldTable<>(
                paths,
                MailField.class,
                Map.ofEntries(
                        Map.entry(MailField.TIME, "Timestamp"),
                        Map.entry(MailField.RECORD_ID, "ReportId"),
                        Map.entry(MailField.USER, "AccountUpn RecipientEmailAddress"),
                        Map.entry(MailField.CLIENT_IP, "IPAddress"),
                        Map.entry(MailField.URL, "Url"),
                        Map.entry(MailField.MESSAGE_ID, "InternetMessageId"),
                        Map.entry(MailField.LOCAL_ID, "NetworkMessageId"),
                        Map.entry(MailField.FROM, "SenderFromAddress SenderMailFromAddress"),
                        Map.entry(MailField.TO, "RecipientEmailAddress"),
                        Map.entry(MailField.SUBJECT, "Subject"),
                        Map.entry(MailField.VERDICT, "ActionType DeliveryAction")),
                "properties."));
    }

    @Override
    public String name() {
        return "microsoft.defender-mail";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        String table = document.get(category);
        return CLICKS.equals(table) || MAILS.equals(table) || LINKS.equals(table);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String table = document.get(category);
        String url = events.get(document, MailField.URL);
        EventDraft draft = CLICKS.equals(table)
                ? events.click(DATASET, document, clicked(document))
                : events.mail(
                        DATASET,
                        document,
                        url == null ? List.of() : List.of(url),
                        MailOutcomes.of(events.get(document, MailField.VERDICT)));
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.get(document, MailField.RECORD_ID);
        String local = events.get(document, MailField.LOCAL_ID);
        if (record != null || local != null) {
            draft.identity(
                    "defender",
                    table,
                    record,
                    local,
                    events.get(document, MailField.USER),
                    events.get(document, MailField.TIME),
                    url);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(events.get(document, MailField.VERDICT)), this);
    }

    /** A block page that the user clicked through is a visit after all. */
    private EventOutcome clicked(JsonFields document) {
        String clicked = document.get(clickedThrough);
        if ("true".equalsIgnoreCase(clicked) || "1".equals(clicked)) {
            return EventOutcome.SUCCESS;
        }
        return MailOutcomes.of(events.get(document, MailField.VERDICT));
    }
}
