package io.clicktrail.normalizer.mail;

import io.clicktrail.event.EventOutcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What mail systems write for "let through" and "stopped". */
final class MailOutcomes {

    private MailOutcomes() {}

    /**
     * FAILURE where the mail or click was stopped, SUCCESS where it was let through, UNKNOWN where the word says
     * neither.
     */
    static EventOutcome of(@Nullable String verdict) {
        if (verdict == null) {
            return EventOutcome.UNKNOWN;
        }
        return switch (verdict.toLowerCase(Locale.ROOT)) {
            case "clickallowed",
                    "delivered",
                    "junked",
                    "deliveredasspam",
                    "replaced",
                    "filteredasspam",
                    "expanded",
                    "clickspermitted",
                    "messagesdelivered",
                    "click_permitted",
                    "message_delivered",
                    "permitted",
                    "allow",
                    "allowed",
                    "continue",
                    "acc",
                    "accept",
                    "true",
                    "blockpageoverride",
                    "pendingdetonationpageoverride",
                    "4",
                    "5" -> EventOutcome.SUCCESS;
            case "clickblocked",
                    "clickblockedbytenantpolicy",
                    "blocked",
                    "block",
                    "blockpage",
                    "2",
                    "clicksblocked",
                    "messagesblocked",
                    "click_blocked",
                    "message_blocked",
                    "failed",
                    "quarantined",
                    "quarantine",
                    "rej",
                    "reject",
                    "hld",
                    "hold",
                    "bnc",
                    "false",
                    "dropped",
                    "aborted",
                    "dq" -> EventOutcome.FAILURE;
            default -> EventOutcome.UNKNOWN;
        };
    }
}
