package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.event.Event;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.RecordCopy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process of a host whose start was seen, for later events that know it by its pid alone: auditd names parents so,
 * 4688 their creator, 5156 the owner of a connection.
 *
 * @param started the process with its start, its command line shortened to {@value #MAX_COMMAND_LINE} letters
 */
public record StartedProcess(Process started) {

    private static final int MAX_COMMAND_LINE = 512;

    /** Whether a process is long-lived or short-lived as a rule, so that the many do not push out the few. */
    public enum Kept {
        /** What people follow links from. */
        LINK_SOURCE,
        /** Shells, script hosts, other living-off-the-land binaries, and programs in places where users can write. */
        OTHER,
        /** Services and the like: as parents they say nothing. */
        NOT
    }

    /** How long the start of a process is worth keeping. */
    public static Kept kept(Platform platform, Process process, ProcessCatalogue catalogue, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable();
        if (process.getPid() == null || executable == null) {
            return Kept.NOT;
        }
        @Nullable Application application = catalogue.of(platform, executable);
        if (application != null && application.isLinkSource()) {
            return Kept.LINK_SOURCE;
        }
        return application != null || userPaths.ruleOf(platform, executable) != null ? Kept.OTHER : Kept.NOT;
    }

    /** @param event the start of a process with pid and image */
    public static StartedProcess of(Event event) {
        Process process = event.getProcess();
        @Nullable String commandLine = process.getCommandLine();
        return new StartedProcess(Process.newBuilder()
                .setEntityId(process.getEntityId())
                .setPid(process.getPid())
                .setStart(process.getStart() == null ? event.getTime() : process.getStart())
                .setExecutable(process.getExecutable())
                .setCommandLine(
                        commandLine == null
                                ? null
                                : commandLine.substring(0, Math.min(commandLine.length(), MAX_COMMAND_LINE)))
                .build());
    }

    /**
     * True where an event knows its parent by pid alone. A parent whose image the event names is left as it is: what
     * could be added depends on which of two records came first, and a case must not.
     */
    public static boolean asksForParent(Event event) {
        @Nullable
        ParentProcess parent =
                event.getProcess() == null ? null : event.getProcess().getParent();
        return parent != null && parent.getPid() != null && parent.getExecutable() == null;
    }

    /** True where an event knows its process by pid alone. */
    public static boolean asksForProcess(Event event) {
        @Nullable Process process = event.getProcess();
        return process != null
                && process.getPid() != null
                && process.getEntityId() == null
                && process.getExecutable() == null;
    }

    /** The event with what is known of the parent of its process; the same where this is another process. */
    public Event asParentIn(Event event) {
        Process process = event.getProcess();
        ParentProcess parent = process.getParent();
        if (!isOf(parent.getPid(), parent.getExecutable(), event.getTime())) {
            return event;
        }
        ParentProcess known = new ParentProcess(
                parent.getEntityId() == null ? started.getEntityId() : parent.getEntityId(),
                parent.getPid(),
                parent.getExecutable() == null ? started.getExecutable() : parent.getExecutable(),
                parent.getCommandLine() == null ? started.getCommandLine() : parent.getCommandLine());
        return RecordCopy.of(event)
                .set("process", RecordCopy.of(process).set("parent", known).build())
                .build();
    }

    /** The event with the identity of its process; the same where this is another process. */
    public Event asProcessIn(Event event) {
        Process process = event.getProcess();
        if (!isOf(process.getPid(), process.getExecutable(), event.getTime())) {
            return event;
        }
        RecordCopy<Process> known = RecordCopy.of(process).set("entity_id", started.getEntityId());
        if (process.getExecutable() == null) {
            known.set("executable", started.getExecutable());
        }
        return RecordCopy.of(event).set("process", known.build()).build();
    }

    /** A pid is given again, so that the process must have begun before and have the image, where one is named. */
    private boolean isOf(@Nullable Long pid, @Nullable String executable, Instant time) {
        return started.getPid().equals(pid)
                && !started.getStart().isAfter(time)
                && (executable == null
                        || FileNames.ofPath(executable).equalsIgnoreCase(FileNames.ofPath(started.getExecutable())));
    }
}
