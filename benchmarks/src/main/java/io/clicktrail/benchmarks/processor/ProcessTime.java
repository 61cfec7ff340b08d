package io.clicktrail.benchmarks.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Processor time of Java processes without their JIT compilers. A compiler thread that has ended reports nothing, so
 * {@link #sample} is to be called every 100 ms or so: what such a thread spent after the last sample counts as work.
 * Needs Linux's {@code /proc}.
 */
public final class ProcessTime {

    private static final List<String> COMPILERS = List.of("C1 CompilerThre", "C2 CompilerThre");

    private final Map<Path, Long> compilers = new HashMap<>();

    /** Looks at the compiler threads of a process. */
    public synchronized void sample(long process) {
        try (var threads = Files.newDirectoryStream(tasks(process))) {
            for (Path thread : threads) {
                if (COMPILERS.contains(Files.readString(thread.resolve("comm")).strip())) {
                    String[] spent =
                            Files.readString(thread.resolve("schedstat")).split(" ");
                    compilers.merge(thread, Long.parseLong(spent[0]), Math::max);
                }
            }
        } catch (NoSuchFileException e) {
            // A thread has ended meanwhile; the next sample sees the others.
        } catch (IOException e) {
            throw new UncheckedIOException("the benchmark needs /proc of Linux", e);
        }
    }

    /**
     * Nanoseconds that a process has spent so far on anything but compiling.
     *
     * @throws IllegalStateException if it has ended
     */
    public synchronized long work(long process) {
        sample(process);
        long compiling = compilers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(tasks(process)))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return total(process) - compiling;
    }

    private static Path tasks(long process) {
        return Path.of("/proc", Long.toString(process), "task");
    }

    private static long total(long process) {
        return ProcessHandle.of(process)
                .flatMap(running -> running.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(() -> new IllegalStateException("process " + process + " has ended"));
    }
}
