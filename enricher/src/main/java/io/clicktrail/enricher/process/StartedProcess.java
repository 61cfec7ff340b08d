package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.RecordCopy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who had a pid of a host from a time on, for events that know a process by its pid alone: auditd names parents so,
 * 4688 their creator, 5156 the owner of a connection.
 *
 * @param started the process with its start, its command line shortened to {@value #MAX_COMMAND_LINE} letters; with pid
 *     and start alone where the pid was nobody's any more, or of a process that says nothing as a parent
 */
public record StartedProcess(Process started) {

    private static final int MAX_COMMAND_LINE = 512;

    /** More than {@link #rank} can be. */
    private static final int RANKS = 4;

    /**
     * Whether a chain can go through a process, so that its start is worth keeping: what people follow links from,
     * shells and other living-off-the-land binaries, and programs in places where users can write. Services and the
     * like say nothing as parents.
     */
    public static boolean isKept(Platform platform, Process process, ProcessCatalogue catalogue, UserPaths userPaths) {
        @Nullable String executable = process.getExecutable();
        return process.getPid() != null
                && executable != null
                && (catalogue.of(platform, executable) != null || userPaths.ruleOf(platform, executable) != null);
    }

    /** Whether an event says that a pid began or ended; of one with a process. */
    public static boolean startsOrEnds(Event event) {
        return event.getProcess().getPid() != null
                && (event.getKind() == EventKind.PROCESS_START || event.getKind() == EventKind.PROCESS_END);
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

    /** That the process of a pid is none that counts, from the time of an event on. */
    public static StartedProcess absence(Event event) {
        return new StartedProcess(Process.newBuilder()
                .setPid(event.getProcess().getPid())
                .setStart(event.getTime())
                .build());
    }

    /**
     * Who had a pid at a time: the latest start until then. Of two starts at one instant, as where a shell becomes the
     * program that it runs, the one that people follow links from counts, then the one with the greater path.
     *
     * @param starts of this and other pids
     * @return null where no start is known
     */
    public static @Nullable StartedProcess at(
            Instant time, long pid, List<Process> starts, Platform platform, ProcessCatalogue catalogue) {
        @Nullable Process latest = null;
        for (Process start : starts) {
            if (start.getPid() == pid
                    && !start.getStart().isAfter(time)
                    && (latest == null || isAfter(start, latest, platform, catalogue))) {
                latest = start;
            }
        }
        return latest == null ? null : new StartedProcess(latest);
    }

    private static boolean isAfter(Process a, Process b, Platform platform, ProcessCatalogue catalogue) {
        int order = a.getStart().compareTo(b.getStart());
        order = order != 0 ? order : Integer.compare(rank(platform, a, catalogue), rank(platform, b, catalogue));
        return order != 0
                ? order > 0
                : a.getExecutable() != null && a.getExecutable().compareTo(b.getExecutable()) > 0;
    }

    /** 2 for what people follow links from, 1 for another process, 0 for none. */
    public static int rank(Platform platform, Process start, ProcessCatalogue catalogue) {
        if (start.getExecutable() == null) {
            return 0;
        }
        @Nullable Application application = catalogue.of(platform, start.getExecutable());
        return application != null && application.isLinkSource() ? 2 : 1;
    }

    /** A number that is the greater the later the start is; of one instant, the greater the more it counts. */
    public long order(Platform platform, ProcessCatalogue catalogue) {
        Instant start = started.getStart();
        long micros = Math.addExact(Math.multiplyExact(start.getEpochSecond(), 1_000_000L), start.getNano() / 1_000);
        return micros * RANKS + rank(platform, started, catalogue);
    }

    /** Whether another start says the same. */
    public boolean isSame(Process other) {
        return started.getPid().equals(other.getPid())
                && started.getStart().equals(other.getStart())
                && Objects.equals(started.getExecutable(), other.getExecutable());
    }

    /**
     * The pid for whose start an event is worth remembering; null where it knows its processes. An event that knows
     * neither its process nor the parent asks for its process.
     */
    public static @Nullable Long askedPid(Event event) {
        if (event.getProcess() == null || event.getKind() == EventKind.PROCESS_END) {
            return null;
        }
        if (event.getKind() != EventKind.PROCESS_START && asksForProcess(event)) {
            return event.getProcess().getPid();
        }
        return asksForParent(event) ? event.getProcess().getParent().getPid() : null;
    }

    /** The event with what is known of the process that it asked for. */
    public Event in(Event event) {
        if (started.getExecutable() == null) {
            return event;
        }
        return event.getKind() != EventKind.PROCESS_START && asksForProcess(event)
                ? asProcessIn(event)
                : asParentIn(event);
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
