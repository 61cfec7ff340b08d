package io.clicktrail.standalone;

import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A service as a process of its own, which can be killed. */
final class ChildService implements AutoCloseable {
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private Process process;

    ChildService(Service service, Stack stack, Path folder) throws IOException {
        log = folder.resolve(service.label() + ".log");
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                "-cp",
                System.getProperty("java.class.path"),
                service.application().getName()));
        var settings = new TreeMap<>(stack.serviceSettings());
        settings.put("spring.config.location", service.settings());
        settings.put("spring.main.web-application-type", "none");
        settings.put(
                "clicktrail.streams.state-dir",
                folder.resolve(service.label() + "-state").toString());
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        process = started();
    }

    /** Ends the process as {@code kill -9} does, and starts it again. */
    void killAndStartAgain() throws IOException, InterruptedException {
        kill();
        process = started();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " can't be killed");
        }
    }

    private Process started() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
