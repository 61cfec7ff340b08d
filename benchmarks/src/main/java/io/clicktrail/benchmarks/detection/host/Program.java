package io.clicktrail.benchmarks.detection.host;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running process.
 *
 * @param arguments of the command line, the program's own name first
 * @param guid as Sysmon makes it: its second and third words are the start in seconds since 1970
 * @param version counts up with each process of a Mac
 * @param parent null for the first process
 * @param origin URL that the file was downloaded from, as its mark says; empty where it has none
 */
public record Program(
        int pid,
        int version,
        Instant start,
        String image,
        String commandLine,
        List<String> arguments,
        String guid,
        @Nullable Program parent,
        String origin) {

    public Program {
        arguments = List.copyOf(arguments);
    }

    /** The same program, run from a file that was downloaded. */
    public Program from(String url) {
        return new Program(pid, version, start, image, commandLine, arguments, guid, parent, url);
    }

    /** File name of the image. */
    public String name() {
        return image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
    }

    /** The parent, or the process itself where it is the first. */
    public Program parentOrSelf() {
        return parent == null ? this : parent;
    }
}
