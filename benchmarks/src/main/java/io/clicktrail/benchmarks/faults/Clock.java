package io.clicktrail.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, which can be stepped while it runs; the monotonic clock is left alone. */
final class Clock {

    /** Where Debian and its kin put libfaketime. */
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    /** Names begin so and end with the id of the process. */
    private static final List<String> SHARED_MEMORY = List.of("faketime_shm_", "sem.faketime_sem_");

    private static final String CACHE_SECONDS = "1";

    private final Path library;
    private final Path offset;

    private Clock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Whether libfaketime is installed. */
    static boolean canStep() {
        return library().isPresent();
    }

    /** A right clock, whose offset is kept in a file. */
    static Clock in(Path offset) throws IOException {
        var clock = new Clock(library().orElseThrow(), offset);
        clock.step(Duration.ZERO);
        return clock;
    }

    /** What a process needs to go by this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                CACHE_SECONDS,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1",
                // A mend for another C library. Here no wait with a limit would wait, and all threads of a JVM turn.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                // Otherwise the jars would seem to be others than those of the AOT cache.
                "NO_FAKE_STAT",
                "1");
    }

    /** @param by against the true time */
    void step(Duration by) throws IOException {
        var next = offset.resolveSibling(offset.getFileName() + ".next");
        Files.writeString(next, (by.isNegative() ? "" : "+") + by.toSeconds() + "\n");
        Files.move(next, offset, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what the library shares between processes and a killed process leaves behind. */
    static void removeTraces(long pid) throws IOException {
        for (var prefix : SHARED_MEMORY) {
            Files.deleteIfExists(Path.of("/dev/shm", prefix + pid));
        }
    }

    private static Optional<Path> library() {
        return LIBRARIES.stream().filter(Files::exists).findFirst();
    }
}
