package io.clicktrail.normalizer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.kafka.EventKeys;
import io.clicktrail.normalizer.parse.Fixture;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import org.junit.jupiter.api.Test;

class IdentityTrapsTest {

    private static final String DIAGNOSTICS = Fixture.raw("microsoft.entra", "entra sign-in, diagnostics");
    private static final String GRAPH = Fixture.raw("microsoft.entra", "entra sign-in, Graph, failed, unnamed device");

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void keysASignInByItsDeviceAndElseByItsAccount() {
        assertThat(EventKeys.of(reader.event(DIAGNOSTICS))).isEqualTo("ws-17");
        assertThat(EventKeys.of(reader.event(GRAPH))).isEqualTo("user:ada@corp.example");
    }

    @Test
    void readsOneSignInAlikeInBothShapes() {
        String graph = DIAGNOSTICS.substring(
                DIAGNOSTICS.indexOf("\"properties\": ") + "\"properties\": ".length(), DIAGNOSTICS.length() - 1);
        Event first = reader.event(DIAGNOSTICS);
        Event second = reader.event(graph);

        assertThat(second.getEventId()).isEqualTo(first.getEventId());
        assertThat(second.getUser()).isEqualTo(first.getUser());
        assertThat(second.getHost()).isEqualTo(first.getHost());
        assertThat(second.getTime()).isEqualTo(first.getTime());
    }

    @Test
    void takesTheAddressThatTheProviderSawForNoAddressOfTheDevice() {
        assertThat(reader.event(DIAGNOSTICS).getHost().getIp()).isEmpty();
        assertThat(reader.event(DIAGNOSTICS).getClient().getIp()).isEqualTo("198.51.100.7");
    }

    @Test
    void cutsThePortOffAnAddress() {
        assertThat(reader.event(Fixture.raw("microsoft.office365-audit", "audit, failed sign-in"))
                        .getClient()
                        .getIp())
                .isEqualTo("2001:db8::7");
    }

    @Test
    void tellsAFailedSignInFromOneThatSucceeded() {
        assertThat(reader.event(GRAPH).getOutcome()).isEqualTo(EventOutcome.FAILURE);
        assertThat(reader.event(DIAGNOSTICS).getOutcome()).isEqualTo(EventOutcome.SUCCESS);
    }

    @Test
    void ignoresWhatIsNoSignInOfAPerson() {
        assertThat(reader.ignored(DIAGNOSTICS.replace("\"SignInLogs\"", "\"ServicePrincipalSignInLogs\""))
                        .dataset())
                .isEqualTo("microsoft.entra.audit");
        assertThat(reader.ignored(Fixture.raw("okta", "okta session start")
                                .replace("user.session.start", "policy.rule.update"))
                        .dataset())
                .isEqualTo("okta.system");
        assertThat(reader.ignored(Fixture.raw("microsoft.office365-audit", "audit, sign-in")
                                .replace("UserLoggedIn", "MailItemsAccessed"))
                        .dataset())
                .isEqualTo("microsoft.office365.audit");
    }

    @Test
    void leavesAzuresActivityLogAlone() {
        assertThat(reader.ignored("{\"time\":\"2026-03-02T09:00:00Z\",\"category\":\"Administrative\","
                                + "\"operationName\":\"x\",\"properties\":{}}")
                        .dataset())
                .isEqualTo("other");
    }

    @Test
    void rejectsASignInWhoseTimeWasBlackedOut() {
        assertThat(reader.rejected(Fixture.raw("okta", "okta session start")
                                .replace("2026-03-02T09:00:00.496Z", "redacted"))
                        .reason())
                .isEqualTo(Reason.BAD_TIME);
    }
}
