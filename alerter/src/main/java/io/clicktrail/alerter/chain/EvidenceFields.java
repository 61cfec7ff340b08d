package io.clicktrail.alerter.chain;

import io.clicktrail.event.Event;
import io.clicktrail.event.File;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ScorePart;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fields of evidence that sources write in different places. */
public final class EvidenceFields {

    private EvidenceFields() {}

    /** Last part of a Windows or POSIX path. */
    public static String baseName(String path) {
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return slash < 0 ? path : path.substring(slash + 1);
    }

    /** File name of the image of the process that acted. */
    public static @Nullable String image(Event event) {
        Process process = event.getProcess();
        if (process == null) {
            return null;
        }
        if (process.getName() != null) {
            return process.getName();
        }
        return process.getExecutable() == null ? null : baseName(process.getExecutable());
    }

    /** File name of the image of the parent process. */
    public static @Nullable String parentImage(Event event) {
        Process process = event.getProcess();
        if (process == null
                || process.getParent() == null
                || process.getParent().getExecutable() == null) {
            return null;
        }
        return baseName(process.getParent().getExecutable());
    }

    /** The image's name in lower case without {@code .exe}, as the tables have it. */
    public static @Nullable String program(Event event) {
        String image = image(event);
        if (image == null) {
            return null;
        }
        String lower = image.toLowerCase(Locale.ROOT);
        return lower.endsWith(".exe") ? lower.substring(0, lower.length() - 4) : lower;
    }

    /** Host of a link, lower case; null where the text is not a link. */
    public static @Nullable String linkHost(String link) {
        int scheme = link.indexOf("://");
        if (scheme < 0) {
            return null;
        }
        int start = scheme + 3;
        int end = start;
        while (end < link.length() && "/?#\\".indexOf(link.charAt(end)) < 0) {
            end++;
        }
        String authority = link.substring(start, end);
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = authority.lastIndexOf(':');
        int bracket = authority.lastIndexOf(']');
        String host = (colon > bracket ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
        return host.isEmpty() ? null : host;
    }

    /** The URL that was opened or requested, else the origin of the file, else the URL that was judged. */
    public static @Nullable String url(Evidence evidence) {
        Event event = evidence.getEvent();
        if (event.getUrl() != null) {
            return event.getUrl().getOriginal();
        }
        File file = event.getFile();
        if (file != null && file.getOriginUrl() != null) {
            return file.getOriginUrl();
        }
        return evidence.getDomain() == null ? null : evidence.getDomain().getUrl();
    }

    /** Final name of the file, which a download under a temporary name gets at its end. */
    public static @Nullable String fileName(Evidence evidence) {
        if (evidence.getFile() != null && evidence.getFile().getFinalName() != null) {
            return evidence.getFile().getFinalName();
        }
        return evidence.getEvent().getFile() == null
                ? null
                : evidence.getEvent().getFile().getName();
    }

    /** SHA-256 of the file's content. */
    public static @Nullable String fileHash(Evidence evidence) {
        File file = evidence.getEvent().getFile();
        return file == null || file.getHash() == null ? null : file.getHash().getSha256();
    }

    /** True where the domain's score has points because the domain is new to the organisation. */
    public static boolean newlyObserved(DomainRisk domain) {
        for (ScorePart part : domain.getParts()) {
            if (part.getPoints() > 0 && part.getName().startsWith("newly_observed")) {
                return true;
            }
        }
        return false;
    }
}
