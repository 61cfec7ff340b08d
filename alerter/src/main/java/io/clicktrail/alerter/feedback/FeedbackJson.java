package io.clicktrail.alerter.feedback;

import io.clicktrail.alerter.feedback.FeedbackOutcome.Parsed;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Reason;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Refused;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.feedback.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads feedback: one flat JSON object with the field names of {@link Feedback}; other fields are ignored.
 *
 * <pre>{"alert_id": "0b6f…", "kind": "verdict", "verdict": "false_positive", "destination": "xsoar",
 *  "at": "2026-03-03T10:00:00Z", "actor": "bob", "note": "our own scanner"}</pre>
 */
public final class FeedbackJson {

    /** The destination of feedback that names none. */
    static final String NO_DESTINATION = "unknown";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_TEXT = 300;
    private static final int MAX_NOTE = 2000;

    /** What can be said. */
    public static final Set<FeedbackKind> KINDS =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(FeedbackKind.UNKNOWN, FeedbackKind.REMOVED)));

    private FeedbackJson() {}

    /** Reads one record. */
    public static FeedbackOutcome read(@Nullable String json) {
        if (json == null || json.length() > MAX_CHARACTERS) {
            return new Refused(Reason.NOT_JSON);
        }
        try {
            Map<String, String> fields = fields(json);
            return fields == null ? new Refused(Reason.NOT_JSON) : read(fields);
        } catch (JacksonException notJson) {
            return new Refused(Reason.NOT_JSON);
        }
    }

    private static FeedbackOutcome read(Map<String, String> fields) {
        String alertId = uuid(fields.get("alert_id"));
        if (alertId == null) {
            return new Refused(Reason.NO_ALERT_ID);
        }
        FeedbackKind kind = symbol(FeedbackKind.class, fields.get("kind"));
        if (kind == null || !KINDS.contains(kind)) {
            return new Refused(Reason.UNKNOWN_KIND);
        }
        Instant at = time(fields.get("at"));
        if (at == null) {
            return new Refused(Reason.NO_TIME);
        }
        Verdict verdict = symbol(Verdict.class, fields.get("verdict"));
        Integer status = status(fields.get("status"));
        String caseId = text(fields.get("case_id"), MAX_TEXT);
        String actionId = text(fields.get("action_id"), MAX_TEXT);
        boolean complete = switch (kind) {
            case UNKNOWN, REMOVED, ACKNOWLEDGE -> true;
            case VERDICT -> verdict != null && verdict != Verdict.UNKNOWN;
            case CASE -> caseId != null;
            case ACTION_RESULT -> actionId != null && status != null;
        };
        String destination = text(fields.get("destination"), MAX_TEXT);
        return complete
                ? new Parsed(Feedback.newBuilder()
                        .setAlertId(alertId)
                        .setKind(kind)
                        .setDestination(destination == null ? NO_DESTINATION : destination)
                        .setAt(at)
                        .setActor(text(fields.get("actor"), MAX_TEXT))
                        .setCaseId(caseId)
                        .setVerdict(verdict == null ? Verdict.UNKNOWN : verdict)
                        .setActionId(actionId)
                        .setStatus(status)
                        .setNote(text(fields.get("note"), MAX_NOTE))
                        .build())
                : new Refused(Reason.INCOMPLETE);
    }

    /** The scalar fields of the object; null where the text is not one object. */
    private static @Nullable Map<String, String> fields(String json) {
        var fields = new HashMap<String, String>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    fields.put(name, parser.getString());
                }
                parser.skipChildren();
            }
            return parser.nextToken() == null ? fields : null;
        }
    }

    private static @Nullable String uuid(@Nullable String text) {
        if (text == null || text.length() != 36) {
            return null;
        }
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException notAUuid) {
            return null;
        }
    }

    private static <E extends Enum<E>> @Nullable E symbol(Class<E> type, @Nullable String text) {
        if (text == null) {
            return null;
        }
        String name = text.strip().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        for (E symbol : type.getEnumConstants()) {
            if (symbol.name().equals(name)) {
                return symbol;
            }
        }
        return null;
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null || text.length() > 40) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            int year = time.atOffset(java.time.ZoneOffset.UTC).getYear();
            return year >= 1970 && year < 2200 ? time : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static @Nullable Integer status(@Nullable String text) {
        if (text == null || text.length() != 3) {
            return null;
        }
        for (int at = 0; at < 3; at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return null;
            }
        }
        return Integer.valueOf(text);
    }

    private static @Nullable String text(@Nullable String value, int bytes) {
        return value == null || value.isBlank() ? null : SafeText.clip(value, bytes);
    }
}
