package io.clicktrail.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockTest {

    @Test
    void aProcessGoesByASteppedClockAndStillWaits(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Clock.canStep());
        var clock = Clock.in(folder.resolve("offset"));
        clock.step(Duration.ofHours(-1));

        var printed = new String(output(clock.environment()), StandardCharsets.UTF_8).split(" ");

        assertThat(Instant.ofEpochMilli(Long.parseLong(printed[0])))
                .isBetween(Instant.now().minusSeconds(3700), Instant.now().minusSeconds(3500));
        assertThat(Duration.ofNanos(Long.parseLong(printed[1].strip())))
                .isGreaterThanOrEqualTo(WaitingProcess.WAITS.multipliedBy(WaitingProcess.TIMES));
    }

    @Test
    void nothingOfAKilledProcessStaysInSharedMemory(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Clock.canStep());
        var builder = new ProcessBuilder("sleep", "60");
        builder.environment().putAll(Clock.in(folder.resolve("offset")).environment());
        var process = builder.start();
        await().until(() -> !shared(process.pid()).isEmpty());

        process.destroyForcibly().waitFor();
        Clock.removeTraces(process.pid());

        assertThat(shared(process.pid())).isEmpty();
    }

    private static List<Path> shared(long pid) throws IOException {
        try (var files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.toString().endsWith("_" + pid)).toList();
        }
    }

    private static byte[] output(Map<String, String> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WaitingProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        var process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** Waits, and prints the wall clock in milliseconds and how many nanoseconds it has waited. */
    static final class WaitingProcess {

        static final Duration WAITS = Duration.ofMillis(100);
        static final int TIMES = 3;

        private WaitingProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            var lock = new Object();
            long began = System.nanoTime();
            synchronized (lock) {
                for (int i = 0; i < TIMES; i++) {
                    lock.wait(WAITS.toMillis());
                }
            }
            System.out.print(System.currentTimeMillis() + " " + (System.nanoTime() - began));
        }
    }
}
