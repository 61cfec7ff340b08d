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
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mimecast's URL protection and message events, of API 1.0 ({@code ttpDefinition}, {@code date}) and 2.0 ({@code
 * aggregateId}, {@code timestamp} in ms), developer.services.mimecast.com.
 *
 * <p>URL protection also scans links as mail comes in: that is no click and becomes EMAIL with the link. {@code
 * sendingIp} is where the mail came from and never the clicker's. An empty page of the API is ignored.
 */
public final class MimecastJson implements JsonFormat {

    private static final String CLICK = "mimecast.click";
    private static final String MESSAGE = "mimecast.message";
    private static final String USER_CLICK = "User Click";

    private final int ttpDefinition;
    private final int aggregateId;
    private final int accountId;
    private final int processingId;
    private final int eventType;
    private final int method;
    private final int meta;
    private final int fail;
    private final int data;
    private final MailEvents events;

    public MimecastJson(JsonPaths paths) {
        ttpDefinition = paths.field("ttpDefinition");
        aggregateId = paths.field("aggregateId");
        accountId = paths.field("accountId");
        processingId = paths.field("processingId");
        eventType = paths.field("eventType");
        method = paths.field("creationMethod");
        meta = paths.field("meta");
        fail = paths.span("fail");
        data = paths.span("data");
        events = new MailEvents(new FieldTable<>(
                paths,
                MailField.class,
                Map.ofEntries(
                        Map.entry(MailField.TIME, "timestamp date"),
                        Map.entry(MailField.USER, "userEmailAddress recipients"),
                        Map.entry(MailField.CLIENT_IP, "sourceIp"),
                        Map.entry(MailField.URL, "url"),
                        Map.entry(MailField.MESSAGE_ID, "messageId"),
                        Map.entry(MailField.LOCAL_ID, "processingId aggregateId"),
                        Map.entry(MailField.FROM, "fromUserEmailAddress senderHeader senderEnvelope"),
                        Map.entry(MailField.TO, "recipients userEmailAddress"),
                        Map.entry(MailField.SUBJECT, "subject"),
                        Map.entry(MailField.VERDICT, "action delivered subType")),
                ""));
    }

    @Override
    public String name() {
        return "mimecast";
    }

    @Override
    public List<String> datasets() {
        return List.of(CLICK, MESSAGE);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return (document.has(ttpDefinition) && events.get(document, MailField.USER) != null)
                || (document.has(aggregateId) && (document.has(accountId) || document.has(processingId)))
                || isEmptyPage(document);
    }

    private boolean isEmptyPage(JsonFields document) {
        Span list = document.inner(data);
        return document.isObject(meta) && document.inner(fail) != null && list != null && list.length() <= 2;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        if (isEmptyPage(document)) {
            return new Outcome.Ignored(MESSAGE, "empty page");
        }
        String word = events.get(document, MailField.VERDICT);
        String url = events.get(document, MailField.URL);
        boolean isClick = url != null && isClick(document.get(method), document.get(eventType));
        EventDraft draft = isClick
                ? events.click(CLICK, document, MailOutcomes.of(word))
                : events.mail(MESSAGE, document, url == null ? List.of() : List.of(url), MailOutcomes.of(word));
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(document.get(eventType)), this);
    }

    /**
     * API 1.0 says how the entry came about, API 2.0 what kind of event it is; attachments and senders have links too.
     */
    private static boolean isClick(@Nullable String method, @Nullable String eventType) {
        return method != null
                ? method.equals(USER_CLICK)
                : eventType == null || eventType.startsWith("url") || eventType.startsWith("ttp-url");
    }
}
