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
 * Okta's System Log (developer.okta.com, event types): sessions and authentications; what Okta or a user reports as
 * suspicious is an alert.
 */
public final class OktaJson implements JsonFormat {

    private static final String DATASET = "okta.system";

    private static final Set<String> BEGINS = Set.of(
            "user.session.start",
            "user.authentication.sso",
            "user.authentication.verify",
            "user.authentication.auth_via_mfa",
            "user.authentication.auth_via_AD_agent",
            "user.authentication.auth_via_IDP",
            "user.authentication.auth_via_inbound_SAML",
            "user.authentication.auth_via_LDAP_agent",
            "user.authentication.auth_via_radius",
            "user.authentication.auth_via_social",
            "user.authentication.authenticate");
    private static final String END = "user.session.end";

    private static final Set<String> ALERTS = Set.of(
            "security.threat.detected",
            "security.attack.start",
            "user.account.report_suspicious_activity_by_enduser",
            "user.risk.detect");

    private final int published;
    private final int actor;
    private final SignInEvents events;

    public OktaJson(JsonPaths paths) {
        published = paths.field("published");
        actor = paths.field("actor");
        events = new SignInEvents(new FieldTable<>(
                paths,
                SignInField.class,
                Map.ofEntries(
                        Map.entry(SignInField.TIME, "published"),
                        Map.entry(SignInField.RECORD_ID, "uuid"),
                        Map.entry(SignInField.ACTION, "eventType eventtype"),
                        Map.entry(SignInField.USER, "actor.alternateId"),
                        Map.entry(SignInField.USER_ID, "actor.id"),
                        Map.entry(SignInField.CLIENT_IP, "client.ipAddress"),
                        Map.entry(SignInField.USER_AGENT, "client.userAgent.rawUserAgent"),
                        Map.entry(SignInField.DEVICE_NAME, "device.name"),
                        Map.entry(SignInField.DEVICE_ID, "device.id"),
                        Map.entry(SignInField.OPERATING_SYSTEM, "device.os_platform client.userAgent.os"),
                        Map.entry(
                                SignInField.SESSION,
                                "authenticationContext.externalSessionId authenticationcontext.externalSessionId"),
                        Map.entry(SignInField.RESULT, "outcome.result"),
                        Map.entry(SignInField.ALERT_ID, "uuid"),
                        Map.entry(SignInField.ALERT_TITLE, "displayMessage displaymessage eventType eventtype"),
                        Map.entry(SignInField.ALERT_SEVERITY, "severity")),
                ""));
    }

    @Override
    public String name() {
        return "okta";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(published) && document.isObject(actor) && events.get(document, SignInField.ACTION) != null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String action = events.get(document, SignInField.ACTION);
        boolean isBegin = action != null && BEGINS.contains(action);
        EventDraft draft;
        if (isBegin || END.equals(action)) {
            draft = events.logon(DATASET, document, isBegin, outcome(events.get(document, SignInField.RESULT)));
        } else if (action != null && ALERTS.contains(action)) {
            draft = events.alert(DATASET, document);
        } else {
            return new Outcome.Ignored(DATASET, "event type without use here");
        }
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.get(document, SignInField.RECORD_ID);
        if (record != null) {
            draft.identity("okta", record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, this);
    }

    private static EventOutcome outcome(@Nullable String result) {
        return switch (result) {
            case null -> EventOutcome.UNKNOWN;
            case "SUCCESS", "ALLOW" -> EventOutcome.SUCCESS;
            case "FAILURE", "DENY" -> EventOutcome.FAILURE;
            default -> EventOutcome.UNKNOWN;
        };
    }
}
