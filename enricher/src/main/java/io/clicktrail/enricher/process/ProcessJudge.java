package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ProcessRisk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a process by its name, its parent's name and what its command line names. */
public final class ProcessJudge {

    private static final int MAX_USER_PATHS = 8;

    private ProcessJudge() {}

    /** Judges a process. */
    public static ProcessRisk judge(
            Platform platform, Process process, ProcessCatalogue catalogue, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable() != null ? process.getExecutable() : process.getName();
        @Nullable ParentProcess parent = process.getParent();
        Application application = catalogue.of(platform, executable);
        Application parentApplication = parent == null ? null : catalogue.of(platform, parent.getExecutable());
        boolean isWindows = platform == Platform.WINDOWS;
        boolean mounted = isWindows && executable != null && UserPaths.isOnOtherDrive(executable);
        List<String> userNamed = new ArrayList<>(2);
        @Nullable String commandLine = process.getCommandLine();
        if (commandLine != null) {
            for (String path : CommandLine.paths(commandLine)) {
                mounted |= isWindows && UserPaths.isOnOtherDrive(path);
                boolean isImage = executable != null && path.equalsIgnoreCase(executable);
                if (!isImage && userNamed.size() < MAX_USER_PATHS && userPaths.ruleOf(platform, path) != null) {
                    userNamed.add(path);
                }
            }
        }
        return new ProcessRisk(
                application == null ? null : application.name(),
                application == null ? null : application.kind().label(),
                parentApplication == null ? null : parentApplication.name(),
                parentApplication == null ? null : parentApplication.kind().label(),
                application != null && application.kind() == Application.Kind.LOLBIN,
                executable != null && userPaths.ruleOf(platform, executable) != null,
                List.copyOf(userNamed),
                mounted,
                List.of());
    }
}
