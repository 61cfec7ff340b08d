package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code up} in a process of its own, ended by signals. */
class SignalsIT {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "KILL"})
    void leavesNoProcessBehind(String signal) throws Exception {
        Path printed = folder.resolve("up.txt");
        Process up = started(printed);
        try {
            await().atMost(START).until(() -> Files.readString(printed).contains("Clicktrail is up") || !up.isAlive());
            List<ProcessHandle> children = up.descendants().toList();
            assertThat(children).as(Files.readString(printed)).hasSizeGreaterThanOrEqualTo(2);

            new ProcessBuilder("kill", "-" + signal, Long.toString(up.pid()))
                    .start()
                    .waitFor();

            assertThat(up.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(STOP).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            up.destroyForcibly();
        }
    }

    /**
     * A background job of a shell ignores INT, its children inherit this, and a JVM that inherits it installs no
     * handler. GNU env (coreutils 8.31 and newer) resets it before it runs the command; elsewhere the command runs
     * without a prefix, and the build must not be a background job.
     */
    private static List<String> handlingInterrupts() throws IOException, InterruptedException {
        var reset = List.of("env", "--default-signal=INT");
        var probe = new ArrayList<>(reset);
        probe.add("true");
        return new ProcessBuilder(probe).start().waitFor() == 0 ? reset : List.of();
    }

    private static Process started(Path printed) throws IOException, InterruptedException {
        var command = new ArrayList<>(handlingInterrupts());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dclicktrail.registry.home=" + System.getProperty("clicktrail.registry.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Clicktrail.class.getName(),
                "up"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
    }
}
