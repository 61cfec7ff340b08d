package io.clicktrail.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The class data sharing (CDS) archive of a kind of process, which makes its next start faster. The first process that
 * ends normally writes it under a temporary name and it is then renamed, so a killed process never leaves a partial
 * archive. With the system property {@code clicktrail.archives.write=false} none is written, and existing ones are
 * used.
 */
final class ClassArchive {

    private static final String WRITE = "clicktrail.archives.write";
    private static final AtomicInteger WRITERS = new AtomicInteger();

    private final Path file;
    private final Path unfinished;
    private final boolean isWritten;

    private ClassArchive(Path file, Path unfinished) {
        this.file = file;
        this.unfinished = unfinished;
        isWritten = !Files.exists(file) && !"false".equals(System.getProperty(WRITE));
    }

    /** @param name kind of process; the archive is for the Java of this process */
    static ClassArchive in(Path folder, String name) {
        var stem = name + "-" + Runtime.version();
        return new ClassArchive(
                folder.resolve(stem + ".jsa"),
                folder.resolve(
                        stem + "." + ProcessHandle.current().pid() + "-" + WRITERS.incrementAndGet() + ".unfinished"));
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Whether the process writes it when it ends normally. */
    boolean isWritten() {
        return isWritten;
    }

    /** Java options to use the archive, or to write it at exit. */
    List<String> options() {
        var options = new ArrayList<String>();
        if (isWritten) {
            options.add("-XX:ArchiveClassesAtExit=" + unfinished);
        } else if (exists()) {
            options.add("-XX:SharedArchiveFile=" + file);
        }
        options.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        return options;
    }

    /** Call this when the process has ended normally. */
    void keep() {
        try {
            if (Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            discard();
        }
    }

    /** Call this when the process was killed. */
    void discard() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is useless but harmless.
        }
    }
}
