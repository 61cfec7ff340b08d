package io.clicktrail.standalone.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the log files of the given paths. */
public final class LogFiles {

    private LogFiles() {}

    /**
     * The files of the paths, in their order; a folder gives all files below it, sorted by name.
     *
     * @throws UnreadableLogException if a path does not exist, a file can't be read or a folder holds no files
     */
    public static List<LogFile> find(List<Path> paths) throws UnreadableLogException {
        var files = new ArrayList<LogFile>();
        for (Path path : paths) {
            try {
                List<Path> found = Files.isDirectory(path) ? below(path) : List.of(path);
                if (found.isEmpty()) {
                    throw new UnreadableLogException("there are no files below " + path);
                }
                for (Path file : found) {
                    files.add(file(file));
                }
            } catch (IOException e) {
                throw UnreadableLogException.in(path, e);
            }
        }
        return List.copyOf(files);
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static LogFile file(Path path) throws IOException, UnreadableLogException {
        long bytes = Files.size(path);
        if (!Files.isReadable(path)) {
            throw new UnreadableLogException("cannot read " + path + ": permission denied");
        }
        return new LogFile(path, bytes);
    }
}
