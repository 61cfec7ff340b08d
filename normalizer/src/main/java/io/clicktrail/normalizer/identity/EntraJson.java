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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entra sign-ins as Azure's diagnostic settings stream them (fields under {@code properties}) and as Graph gives them
 * (the same fields at the top), learn.microsoft.com/graph/api/resources/signin. Sign-ins of services and the
 * directory's own changes are ignored.
 */
public final class EntraJson implements JsonFormat {

    private static final String SIGN_IN = "microsoft.entra.sign-in";
    private static final String AUDIT = "microsoft.entra.audit";

    private static final Set<String> SIGN_INS = Set.of("SignInLogs", "NonInteractiveUserSignInLogs", "ADFSSignInLogs");

    /** Risks are reported once about an account and once about the event that raised it. */
    private static final Set<String> RISKS = Set.of("UserRiskEvents", "RiskyUsers");

    private static final Set<String> OTHERS = Set.of(
            "AuditLogs",
            "ServicePrincipalSignInLogs",
            "ManagedIdentitySignInLogs",
            "MicrosoftGraphActivityLogs",
            "MicrosoftServicePrincipalSignInLogs",
            "ProvisioningLogs",
            "RiskyServicePrincipals",
            "ServicePrincipalRiskEvents");

    private final int category;
    private final int properties;
    private final int loggedBy;
    private final int appId;
    private final int createdDateTime;
    private final int errorCode;
    private final int graphErrorCode;
    private final SignInEvents events;

    public EntraJson(JsonPaths paths) {
        category = paths.field("category");
        properties = paths.field("properties");
        loggedBy = paths.field("properties.loggedByService");
        appId = paths.field("appId");
        createdDateTime = paths.field("createdDateTime");
        errorCode = paths.field("properties.status.errorCode");
        graphErrorCode = paths.field("status.errorCode");
        events = new SignInEvents(new FieldTable<>(
                paths,
                SignInField.class,
                Map.ofEntries(
                        Map.entry(
                                SignInField.TIME,
                                "createdDateTime activityDateTime detectedDateTime "
                                        + "riskLastUpdatedDateTime time p_event_time"),
                        Map.entry(SignInField.RECORD_ID, "id"),
                        Map.entry(SignInField.ACTION, "operationName operationname"),
                        Map.entry(SignInField.USER, "userPrincipalName"),
                        Map.entry(SignInField.USER_ID, "userId"),
                        Map.entry(SignInField.CLIENT_IP, "ipAddress callerIpAddress"),
                        Map.entry(SignInField.USER_AGENT, "userAgent"),
                        Map.entry(SignInField.DEVICE_NAME, "deviceDetail.displayName"),
                        Map.entry(SignInField.DEVICE_ID, "deviceDetail.deviceId"),
                        Map.entry(SignInField.OPERATING_SYSTEM, "deviceDetail.operatingSystem"),
                        Map.entry(SignInField.SESSION, "sessionId"),
                        Map.entry(SignInField.RESULT, "resultType"),
                        Map.entry(SignInField.ALERT_ID, "id"),
                        Map.entry(SignInField.ALERT_TITLE, "riskEventType riskState"),
                        Map.entry(SignInField.ALERT_SEVERITY, "riskLevel")),
                "properties.",
                ""));
    }

    @Override
    public String name() {
        return "microsoft.entra";
    }

    @Override
    public List<String> datasets() {
        return List.of(SIGN_IN, AUDIT);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        String log = document.get(category);
        if (log != null && document.isObject(properties)) {
            return SIGN_INS.contains(log) || RISKS.contains(log) || isOther(document, log);
        }
        return document.has(appId) && document.has(createdDateTime) && events.get(document, SignInField.USER) != null;
    }

    /** An audit row may name what it changed in place of its log: the service that logged it decides. */
    private boolean isOther(JsonFields document, String log) {
        return OTHERS.contains(log) || document.has(loggedBy);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String log = document.get(category);
        if (log != null && isOther(document, log)) {
            return new Outcome.Ignored(AUDIT, "log without use here");
        }
        EventDraft draft = log != null && RISKS.contains(log)
                ? events.alert(AUDIT, document)
                : events.logon(SIGN_IN, document, true, outcome(document));
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.get(document, SignInField.RECORD_ID);
        if (record != null) {
            draft.identity("entra", record, events.get(document, SignInField.TIME));
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, this);
    }

    /** An error code of 0 is success (learn.microsoft.com, AADSTS error codes). */
    private EventOutcome outcome(JsonFields document) {
        String code = document.get(errorCode);
        return outcome(
                code != null
                        ? code
                        : document.has(graphErrorCode)
                                ? document.get(graphErrorCode)
                                : events.get(document, SignInField.RESULT));
    }

    private static EventOutcome outcome(@Nullable String code) {
        return code == null ? EventOutcome.UNKNOWN : code.equals("0") ? EventOutcome.SUCCESS : EventOutcome.FAILURE;
    }
}
