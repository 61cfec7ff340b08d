package io.clicktrail.normalizer.mail;

import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clicks and messages of Proofpoint Targeted Attack Protection, each as one object (help.proofpoint.com, SIEM API).
 *
 * <p>Whether a click was permitted or blocked is only in the name of the list that it came in: as what collectors
 * write it to, or the name of the wrapper, is it read. {@code threatUrl} is a page of Proofpoint's own and no link in
 * the mail.
 */
public final class ProofpointTapJson implements JsonFormat {

    private static final String CLICK = "proofpoint.tap.click";
    private static final String MESSAGE = "proofpoint.tap.message";

    private final int clickTime;
    private final int clickIp;
    private final int phishScore;
    private final int quarantine;
    private final int threats;
    private final int queryEnd;
    private final int[] lists;
    private final MailEvents events;

    public ProofpointTapJson(JsonPaths paths) {
        clickTime = paths.field("clickTime");
        clickIp = paths.field("clickIP");
        phishScore = paths.field("phishScore");
        quarantine = paths.field("quarantineFolder");
        threats = paths.field("threatsInfoMap");
        queryEnd = paths.field("queryEndTime");
        lists = new int[] {
            paths.field("clicksPermitted"),
            paths.field("clicksBlocked"),
            paths.field("messagesDelivered"),
            paths.field("messagesBlocked")
        };
        events = new MailEvents(new FieldTable<>(
                paths,
                MailField.class,
                Map.ofEntries(
                        Map.entry(MailField.TIME, "clickTime messageTime"),
                        Map.entry(MailField.RECORD_ID, "id GUID"),
                        Map.entry(MailField.USER, "recipient"),
                        Map.entry(MailField.CLIENT_IP, "clickIP"),
                        Map.entry(MailField.USER_AGENT, "userAgent"),
                        Map.entry(MailField.URL, "url"),
                        Map.entry(MailField.URLS, "threatsInfoMap.threat"),
                        Map.entry(MailField.MESSAGE_ID, "messageID"),
                        Map.entry(MailField.LOCAL_ID, "GUID"),
                        Map.entry(MailField.FROM, "fromAddress sender"),
                        Map.entry(MailField.TO, "recipient toAddresses"),
                        Map.entry(MailField.SUBJECT, "subject"),
                        Map.entry(MailField.VERDICT, "eventType status")),
                ""));
    }

    @Override
    public String name() {
        return "proofpoint.tap";
    }

    @Override
    public List<String> datasets() {
        return List.of(CLICK, MESSAGE);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return isClick(document)
                || document.isObject(threats)
                || (document.has(phishScore) && events.get(document, MailField.MESSAGE_ID) != null)
                || isEmptyPage(document);
    }

    private boolean isEmptyPage(JsonFields document) {
        if (!document.has(queryEnd)) {
            return false;
        }
        for (int list : lists) {
            if (document.has(list)) {
                return false;
            }
        }
        return true;
    }

    private boolean isClick(JsonFields document) {
        return document.has(clickTime) || document.has(clickIp);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        if (isEmptyPage(document)) {
            return new Outcome.Ignored(MESSAGE, "empty page");
        }
        String word = events.get(document, MailField.VERDICT);
        EventOutcome outcome = MailOutcomes.of(word == null ? context.metadata().stream() : word);
        EventDraft draft;
        if (isClick(document)) {
            draft = events.click(CLICK, document, outcome);
        } else {
            draft = events.mail(
                    MESSAGE, document, links(document), document.has(quarantine) ? EventOutcome.FAILURE : outcome);
        }
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.get(document, MailField.RECORD_ID);
        if (record != null) {
            draft.identity(
                    "proofpoint",
                    isClick(document) ? CLICK : MESSAGE,
                    record,
                    events.get(document, MailField.TIME),
                    events.get(document, MailField.URL));
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(word), this);
    }

    /** The threats that are links; others are attachments by their hash or name, and senders. */
    private List<String> links(JsonFields document) {
        List<String> links = new ArrayList<>(2);
        for (String threat : events.all(document, MailField.URLS)) {
            if (Authority.hasScheme(threat)) {
                links.add(threat);
            }
        }
        return links;
    }
}
