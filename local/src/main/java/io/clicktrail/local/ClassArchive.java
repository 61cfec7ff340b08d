package io.clicktrail.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The loaded classes of a kind of process, kept in a file so that the next one starts faster. The first process that
 * ends in peace writes it; one that is killed leaves half a file, which never gets the name under which it would be
 * used.
 */
final class ClassArchive {

    private final Path file;
    private final Path unfinished;

    private ClassArchive(Path file, Path unfinished) {
        this.file = file;
        this.unfinished = unfinished;
    }

    /** @param name kind of process; its Java is this process's */
    static ClassArchive in(Path folder, String name) {
        var stem = name + "-" + Runtime.version();
        return new ClassArchive(
                folder.resolve(stem + ".jsa"),
                folder.resolve(stem + "." + ProcessHandle.current().pid() + ".unfinished"));
    }

    /** Options that let a Java use the archive, or write it when it ends. */
    List<String> options() {
        return List.of(
                Files.exists(file) ? "-XX:SharedArchiveFile=" + file : "-XX:ArchiveClassesAtExit=" + unfinished,
                "-Xlog:disable",
                "-Xlog:all=error:stderr");
    }

    /** To be called when the process has ended in peace. */
    void keep() {
        try {
            if (Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            discard();
        }
    }

    /** To be called when the process was killed. */
    void discard() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is of no use and does no harm.
        }
    }
}
