package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.file.Extensions;
import io.clicktrail.enricher.file.FileAssessor;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.enricher.process.Application;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.ProcessRisk;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which parts of a chain the start of a process can play. */
final class ProcessRoles {

    /** Where applications install themselves for one user. */
    private static final String APPLICATION_DATA = "appdata";

    private ProcessRoles() {}

    /** A link source or the child of one; not what a session starts for everybody. */
    static boolean isLineage(ProcessRisk risk) {
        return isUsersOwn(risk.getApplicationKind()) || isUsersOwn(risk.getParentKind());
    }

    private static boolean isUsersOwn(ApplicationKind kind) {
        return Application.isLinkSource(kind) && kind != ApplicationKind.LAUNCHER;
    }

    /**
     * A browser, or what opens links for others, started by something that people follow links from and that is no
     * browser.
     */
    static boolean opensLink(ProcessRisk risk) {
        return isOpener(risk)
                && Application.isLinkSource(risk.getParentKind())
                && risk.getParentKind() != ApplicationKind.BROWSER;
    }

    private static boolean isOpener(ProcessRisk risk) {
        return risk.getApplicationKind() == ApplicationKind.BROWSER
                || risk.getApplicationKind() == ApplicationKind.BROKER;
    }

    /**
     * A browser, or what opens links for others, started by a program that the catalogue does not know: a click, but a
     * weaker one.
     */
    static boolean mayOpenLink(ProcessRisk risk) {
        return isOpener(risk) && risk.getParentKind() == ApplicationKind.UNKNOWN;
    }

    /**
     * A script host or other living-off-the-land binary, or anything run from or given a file of a place where users
     * can write. A program that shows a plain document runs nothing of it.
     */
    static boolean isExecution(
            ProcessRisk risk, Process process, Platform platform, UserPaths userPaths, Extensions extensions) {
        if (isHelper(risk)) {
            return false;
        }
        return risk.getLolbin()
                || risk.getFromMountedDrive()
                || namesCode(risk, extensions)
                || risk.getImageUserWritable() && !isInstalledForUser(risk, process, platform, userPaths);
    }

    private static boolean namesCode(ProcessRisk risk, Extensions extensions) {
        for (String path : risk.getUserPaths()) {
            if (FileAssessor.couldCarryCode(path, extensions)) {
                return true;
            }
        }
        return false;
    }

    /** A process of an application started by that application: renderers, network services, crash handlers. */
    private static boolean isHelper(ProcessRisk risk) {
        return Application.isLinkSource(risk.getApplicationKind())
                && Objects.equals(risk.getApplication(), risk.getParentApplication());
    }

    private static boolean isInstalledForUser(
            ProcessRisk risk, Process process, Platform platform, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable();
        return Application.isLinkSource(risk.getApplicationKind())
                && executable != null
                && APPLICATION_DATA.equals(userPaths.ruleOf(platform, executable));
    }
}
