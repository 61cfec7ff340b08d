package io.clicktrail.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Peak memory of this process so far. */
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_RESIDENT = "VmHWM:";

    private PeakMemory() {}

    /** Heap, and resident memory where {@code /proc} has it, as text. */
    public static String now() {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return (heap >> 20) + " MB heap" + resident();
    }

    private static String resident() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(PEAK_RESIDENT))
                    .findFirst()
                    .map(line -> line.substring(PEAK_RESIDENT.length()).strip().split(" ")[0])
                    .map(kilobytes -> ", " + (Long.parseLong(kilobytes) >> 10) + " MB resident")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
