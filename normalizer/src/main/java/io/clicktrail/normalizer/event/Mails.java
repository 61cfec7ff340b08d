package io.clicktrail.normalizer.event;

import io.clicktrail.event.Email;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mails of sources that neither judge nor authenticate them. */
public final class Mails {

    private Mails() {}

    /** A mail without a verdict. */
    public static Email of(
            @Nullable String messageId,
            @Nullable String from,
            List<String> to,
            @Nullable String subject,
            @Nullable String localId,
            List<String> urls) {
        return new Email(
                messageId, from, to, subject, localId, urls, MailVerdict.UNKNOWN, MailAction.UNKNOWN, null, null, null);
    }
}
