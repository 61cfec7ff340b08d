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
public final class ProcessAssessor {

    private static final int MAX_USER_PATHS = 8;

    private ProcessAssessor() {}

    /** Judges a process. */
    public static ProcessRisk judge(
            Platform platform, Process process, ProcessCatalogue catalogue, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable() != null ? process.getExecutable() : process.getName();
        @Nullable ParentProcess parent = process.getParent();
        @Nullable ParentProcess responsible = process.getResponsible();
        @Nullable String commandLine = process.getCommandLine();
        Application application = Wrappers.unwrapped(
                platform,
                catalogue.of(platform, executable),
                commandLine,
                responsible == null ? null : responsible.getExecutable(),
                catalogue);
        Application parentApplication = parent == null
                ? null
                : Wrappers.unwrapped(
                        platform,
                        catalogue.of(platform, parent.getExecutable()),
                        parent.getCommandLine(),
                        null,
                        catalogue);
        @Nullable String imageRule = executable == null ? null : userPaths.ruleOf(platform, executable);
        boolean mounted = executable != null && UserPaths.isMounted(platform, executable, imageRule);
        List<String> userNamed = new ArrayList<>(2);
        if (commandLine != null) {
            for (String path : CommandLine.paths(commandLine, process.getWorkingDirectory())) {
                @Nullable String rule = userPaths.ruleOf(platform, path);
                mounted |= UserPaths.isMounted(platform, path, rule);
                boolean isImage = executable != null && path.equalsIgnoreCase(executable);
                if (!isImage && userNamed.size() < MAX_USER_PATHS && rule != null) {
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
                imageRule != null,
                List.copyOf(userNamed),
                mounted,
                List.of());
    }
}
