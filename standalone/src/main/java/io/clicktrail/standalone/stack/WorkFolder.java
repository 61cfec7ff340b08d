package io.clicktrail.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where broker, registry and services keep data and logs.
 *
 * @param path exists and can be written to
 * @param temporary true where it goes with us; then {@link #delete} removes it
 */
public record WorkFolder(Path path, boolean temporary) {

    /** A new folder among the temporary files. */
    public static WorkFolder create() throws StackException {
        try {
            return new WorkFolder(Files.createTempDirectory("clicktrail-"), true);
        } catch (IOException e) {
            throw new StackException(
                    "cannot make a work folder in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage(), e);
        }
    }

    /** A folder of the person's own, made if it is missing. */
    public static WorkFolder at(Path path) throws StackException {
        try {
            return new WorkFolder(Files.createDirectories(path).toRealPath(), false);
        } catch (IOException e) {
            throw new StackException("cannot use " + path + " as the data folder: " + e.getMessage(), e);
        }
    }

    /** @param bytes space that the work needs at least */
    public void requireSpace(long bytes) throws StackException {
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < bytes) {
                throw new StackException("not enough disk space: " + path + " has " + (free >> 20)
                        + " MB free, the work needs about " + (bytes >> 20)
                        + " MB; free some, or choose another disk by CLICKTRAIL_OPTS=-Djava.io.tmpdir=/other/disk");
            }
        } catch (IOException e) {
            throw new StackException("cannot ask for the free space of " + path + ": " + e.getMessage(), e);
        }
    }

    /** The log that the services write. */
    public Path log() {
        return path.resolve("services.log");
    }

    /** Removes a temporary folder with all it holds. */
    public void delete() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            // Someone else tidies the temporary files too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
