package io.clicktrail.engine.explain;

import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.Evidence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whose chains are asked for; what is null is not asked for.
 *
 * @param host host name, short or full
 * @param user account with or without its domain
 * @param caseId of a case or detection
 */
public record ChainQuery(
        @Nullable String host,
        @Nullable String user,
        @Nullable String caseId) {

    /** Everybody's. */
    public static final ChainQuery ANY = new ChainQuery(null, null, null);

    boolean matches(Detection detection) {
        return caseId != null
                ? caseId.equals(detection.getDetectionId())
                : matches(detection.getHost(), detection.getUser());
    }

    boolean matches(Evidence evidence) {
        return matches(evidence.getHost(), evidence.getUser());
    }

    private boolean matches(String ofHost, @Nullable String ofUser) {
        return (host == null || isHost(host.toLowerCase(Locale.ROOT), ofHost))
                && (user == null
                        || ofUser != null && isUser(user.toLowerCase(Locale.ROOT), ofUser.toLowerCase(Locale.ROOT)));
    }

    private static boolean isHost(String wanted, String name) {
        return name.equals(wanted) || wanted.indexOf('.') < 0 && name.startsWith(wanted + ".");
    }

    private static boolean isUser(String wanted, String name) {
        return name.equals(wanted) || name.endsWith('\\' + wanted) || name.startsWith(wanted + '@');
    }
}
