package io.clicktrail.enricher.process;

import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.schemas.lists.DataList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishers that are known to sign what they hand out, by the team identifier of Apple's code signatures and the
 * subject of Authenticode certificates.
 *
 * <p>On Windows a signed program loads libraries that lie beside it, which is abused. There a publisher is known only
 * of a single file that was saved where downloads are saved, and whose signature the sensor calls valid.
 */
public final class Publishers {

    private static final Set<String> FOLDERS_OF_DOWNLOADS = Set.of("downloads", "desktop");

    private final Map<Kind, Map<String, String>> publishers;

    private enum Kind {
        TEAM,
        SUBJECT
    }

    private Publishers(Map<Kind, Map<String, String>> publishers) {
        this.publishers = publishers;
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static Publishers of(DataList list) {
        var publishers = new EnumMap<Kind, Map<String, String>>(Kind.class);
        for (Kind kind : Kind.values()) {
            publishers.put(kind, new HashMap<>());
        }
        list.forEach(row ->
                publishers.getOrDefault(row.one(0, Kind.class), Map.of()).putIfAbsent(key(row.text(1)), row.text(2)));
        return new Publishers(publishers);
    }

    /** Whether an event is one that says who signed an image, and nothing else. */
    public static boolean isSignature(Event event) {
        return event.getKind() == EventKind.OTHER
                && event.getProcess() != null
                && event.getProcess().getCodeSignature() != null;
    }

    /** Who signed the image of a process; null where nobody did, or somebody who is not on the list. */
    public @Nullable String of(Platform platform, Process process, ProcessRisk risk) {
        @Nullable CodeSignature signature = process.getCodeSignature();
        if (signature == null) {
            return null;
        }
        @Nullable String team = signature.getTeamId();
        if (team != null) {
            return of(Kind.TEAM, team);
        }
        @Nullable String subject = signature.getSubjectName();
        return subject != null
                        && platform == Platform.WINDOWS
                        && signature.getStatus() == SignatureStatus.VALID
                        && isSavedAlone(process, risk)
                ? of(Kind.SUBJECT, subject)
                : null;
    }

    private @Nullable String of(Kind kind, String identifier) {
        return publishers.getOrDefault(kind, Map.of()).get(key(identifier));
    }

    private static boolean isSavedAlone(Process process, ProcessRisk risk) {
        @Nullable String image = process.getExecutable();
        if (image == null || risk.getLolbin() || risk.getFromMountedDrive() || !risk.getImageUserWritable()) {
            return false;
        }
        int end = image.lastIndexOf('\\');
        int begin = end < 0 ? -1 : image.lastIndexOf('\\', end - 1);
        return begin >= 0
                && FOLDERS_OF_DOWNLOADS.contains(image.substring(begin + 1, end).toLowerCase(Locale.ROOT));
    }

    private static String key(String identifier) {
        return identifier.strip().toLowerCase(Locale.ROOT);
    }
}
