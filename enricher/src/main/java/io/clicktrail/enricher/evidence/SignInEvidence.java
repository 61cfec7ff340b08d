package io.clicktrail.enricher.evidence;

import io.clicktrail.event.Event;
import io.clicktrail.event.Logon;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sign-in at a service that the identity provider calls risky: what was entered after a click may be in use. */
final class SignInEvidence {

    private static final Set<String> RISKS = Set.of("medium", "high");
    private static final List<Role> ROLES = List.of(Role.SIGN_IN);

    private SignInEvidence() {}

    static @Nullable Evidence of(EventContext context) {
        Event event = context.event();
        @Nullable Logon logon = event.getLogon();
        return logon != null
                        && logon.getRisk() != null
                        && RISKS.contains(logon.getRisk())
                        && event.getUser() != null
                        && LogonFacts.isSignIn(event, logon)
                ? context.evidence(ROLES, null, null, null)
                : null;
    }
}
