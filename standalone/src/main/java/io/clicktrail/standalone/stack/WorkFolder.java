package io.clicktrail.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folder for data and logs of broker, registry and services.
 *
 * @param path exists and can be written to
 * @param temporary whether {@link #delete} removes it
 */
public record WorkFolder(Path path, boolean temporary) {

    /** A new temporary folder. */
    public static WorkFolder create() throws StackException {
        try {
            return new WorkFolder(Files.createTempDirectory("clicktrail-"), true);
        } catch (IOException e) {
            throw new StackException(
                    "cannot make a work folder in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage(), e);
        }
    }

    /** A folder that the user chose; created if it is missing. */
    public static WorkFolder at(Path path) throws StackException {
        try {
            return new WorkFolder(Files.createDirectories(path).toRealPath(), false);
        } catch (IOException e) {
            throw new StackException("cannot use " + path + " as the data folder: " + e.getMessage(), e);
        }
    }

    /** @param bytes free space that is needed */
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

    /** Removes a temporary folder and its content. */
    public void delete() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            // Others may clean up temporary files too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
