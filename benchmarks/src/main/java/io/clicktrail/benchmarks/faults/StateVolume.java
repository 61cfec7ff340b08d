package io.clicktrail.benchmarks.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** Where a service keeps its state: a folder, or a small file system of its own that can be full. */
final class StateVolume implements AutoCloseable {

    private static final int MEGABYTES = 512;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int MOUNT_SECONDS = 20;
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final String BALLAST = "ballast";

    private final Path path;
    private final boolean mounted;

    private StateVolume(Path path, boolean mounted) {
        this.path = path;
        this.mounted = mounted;
    }

    static StateVolume folder(Path path) throws IOException {
        return new StateVolume(Files.createDirectories(path), false);
    }

    /** A file system in memory; needs the right to mount. */
    static StateVolume mounted(Path path) throws IOException, InterruptedException {
        Files.createDirectories(path);
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", path.toString())) {
            throw new IOException("Can't mount a file system on " + path);
        }
        return new StateVolume(path, true);
    }

    /** Whether this process may mount file systems. */
    static boolean canMount(Path folder) throws IOException, InterruptedException {
        var probe = folder.resolve("mount-probe");
        try (var volume = mounted(probe)) {
            return volume.mounted;
        } catch (IOException e) {
            return false;
        }
    }

    /** Unmounts what was left mounted below a folder. */
    static void releaseAll(Path folder) throws IOException, InterruptedException {
        if (!Files.isReadable(MOUNTS)) {
            return;
        }
        for (var mount : Files.readAllLines(MOUNTS)) {
            var place = mount.split(" ")[1];
            if (place.startsWith(folder + "/")) {
                run("umount", "-l", place);
            }
        }
    }

    /** The folder of the state; a service makes it. */
    Path state() {
        return path.resolve("state");
    }

    /** Takes up all space that is left. */
    void fill() throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(path.resolve(BALLAST))) {
            for (int megabyte = 0; megabyte < MEGABYTES; megabyte++) {
                out.write(chunk);
            }
        } catch (IOException e) {
            // Full, as it should be.
        }
    }

    /** Gives the space back. */
    void free() throws IOException {
        Files.deleteIfExists(path.resolve(BALLAST));
    }

    /** Removes the state; nobody may use it. */
    void lose() throws IOException {
        FileSystemUtils.deleteRecursively(state());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", "-l", path.toString());
        }
        FileSystemUtils.deleteRecursively(path);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
