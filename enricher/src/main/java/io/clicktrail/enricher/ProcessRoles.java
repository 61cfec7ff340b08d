package io.clicktrail.enricher;

import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.enricher.process.Application;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ProcessRisk;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which parts of a chain the start of a process can play. */
final class ProcessRoles {

    /** Where applications install themselves for one user. */
    private static final String APPLICATION_DATA = "appdata";

    private static final Map<String, Application.Kind> KINDS = new HashMap<>();

    static {
        for (var kind : Application.Kind.values()) {
            KINDS.put(kind.label(), kind);
        }
    }

    private ProcessRoles() {}

    /** A link source or the child of one; not what a session starts for everybody. */
    static boolean isLineage(ProcessRisk risk) {
        return tellsOfUser(risk.getApplicationKind()) || tellsOfUser(risk.getParentKind());
    }

    private static boolean tellsOfUser(@Nullable String kind) {
        return isLinkSource(kind) && KINDS.get(kind) != Application.Kind.LAUNCHER;
    }

    /**
     * A browser, or what opens links for others, started by something that people follow links from and that is no
     * browser.
     */
    static boolean opensLink(ProcessRisk risk) {
        return (isBrowser(risk.getApplicationKind()) || isBroker(risk.getApplicationKind()))
                && isLinkSource(risk.getParentKind())
                && !isBrowser(risk.getParentKind());
    }

    private static boolean isBrowser(@Nullable String kind) {
        return kind != null && KINDS.get(kind) == Application.Kind.BROWSER;
    }

    private static boolean isBroker(@Nullable String kind) {
        return kind != null && KINDS.get(kind) == Application.Kind.BROKER;
    }

    /**
     * A script host or other living-off-the-land binary, or anything run from or told to use a place where users can
     * write.
     */
    static boolean isExecution(ProcessRisk risk, Process process, Platform platform, UserPaths userPaths) {
        if (isHelper(risk)) {
            return false;
        }
        return risk.getLolbin()
                || risk.getFromMountedDrive()
                || !risk.getUserPaths().isEmpty()
                || risk.getImageUserWritable() && !isInstalledForUser(risk, process, platform, userPaths);
    }

    /** A process of an application started by that application: renderers, network services, crash handlers. */
    private static boolean isHelper(ProcessRisk risk) {
        return isLinkSource(risk.getApplicationKind())
                && Objects.equals(risk.getApplication(), risk.getParentApplication());
    }

    private static boolean isInstalledForUser(
            ProcessRisk risk, Process process, Platform platform, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable();
        return isLinkSource(risk.getApplicationKind())
                && executable != null
                && APPLICATION_DATA.equals(userPaths.ruleOf(platform, executable));
    }

    private static boolean isLinkSource(@Nullable String kind) {
        var known = kind == null ? null : KINDS.get(kind);
        return known != null && known.isLinkSource();
    }
}
