package io.clicktrail.engine.explain;

import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.Evidence;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whose chains are asked for; what is null is not asked for.
 *
 * @param host host name, short or full
 * @param user account with or without its domain
 * @param caseId of a case or detection
 * @param from start of the span that is asked for, event time
 * @param to its end, included
 */
public record ChainQuery(
        @Nullable String host,
        @Nullable String user,
        @Nullable String caseId,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Everybody's. */
    public static final ChainQuery ANY = new ChainQuery(null, null, null, null, null);

    /** A host's. */
    public static ChainQuery ofHost(String host) {
        return new ChainQuery(host, null, null, null, null);
    }

    /** A person's. */
    public static ChainQuery ofUser(String user) {
        return new ChainQuery(null, user, null, null, null);
    }

    /** That of a case. */
    public static ChainQuery ofCase(String caseId) {
        return new ChainQuery(null, null, caseId, null, null);
    }

    /** The same in a span of event time. */
    public ChainQuery between(Instant start, Instant end) {
        return new ChainQuery(host, user, caseId, start, end);
    }

    boolean matches(Detection detection) {
        return caseId != null
                ? caseId.equals(detection.getDetectionId())
                : matches(detection.getHost(), detection.getUser())
                        && overlaps(detection.getFirstEventTime(), detection.getLastEventTime());
    }

    boolean matches(Evidence evidence) {
        Instant time = evidence.getEvent().getTime();
        return matches(evidence.getHost(), evidence.getUser()) && overlaps(time, time);
    }

    private boolean overlaps(Instant first, Instant last) {
        return (from == null || !last.isBefore(from)) && (to == null || !first.isAfter(to));
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
