package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.ProcessRisk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assesses a process by its name, its parent's name and what its command line names. */
public final class ProcessAssessor {

    private static final int MAX_USER_PATHS = 8;

    private ProcessAssessor() {}

    /** Assesses a process. */
    public static ProcessRisk assess(
            Platform platform, Process process, ProcessCatalogue catalogue, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable() != null ? process.getExecutable() : process.getName();
        @Nullable ParentProcess parent = process.getParent();
        @Nullable ParentProcess responsible = process.getResponsible();
        @Nullable String commandLine = process.getCommandLine();
        @Nullable Application image = catalogue.of(platform, executable);
        @Nullable
        Application application = Wrappers.unwrapped(
                platform, image, commandLine, responsible == null ? null : responsible.getExecutable(), catalogue);
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
                if (path.equals(executable)) {
                    continue;
                }
                @Nullable String rule = userPaths.ruleOf(platform, path);
                mounted |= UserPaths.isMounted(platform, path, rule);
                if (rule != null && userNamed.size() < MAX_USER_PATHS && !path.equalsIgnoreCase(executable)) {
                    userNamed.add(path);
                }
            }
        }
        return ProcessRisk.newBuilder()
                .setApplication(application == null ? null : application.name())
                .setApplicationKind(application == null ? ApplicationKind.UNKNOWN : application.kind())
                .setParentApplication(parentApplication == null ? null : parentApplication.name())
                .setParentKind(parentApplication == null ? ApplicationKind.UNKNOWN : parentApplication.kind())
                .setLolbin(application != null && application.kind() == ApplicationKind.LOLBIN)
                .setPasted(false)
                .setImageUserWritable(imageRule != null)
                .setUserPaths(List.copyOf(userNamed))
                .setFromMountedDrive(mounted)
                .setIntel(List.of())
                .setTechnique(
                        image == null || image.technique() == null
                                ? null
                                : image.technique().of(commandLine))
                .setPublisher(null)
                .build();
    }
}
