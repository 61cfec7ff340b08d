package io.clicktrail.benchmarks.start;

import io.clicktrail.local.FreePort;
import io.clicktrail.standalone.stack.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service as in its image: unpacked, with its AOT cache and the options of the image. */
final class UnpackedService {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration MAX_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int STOP_SECONDS = 60;

    private final Service service;
    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();

    private UnpackedService(Service service, Path home) {
        this.service = service;
        this.home = home;
    }

    /**
     * One start.
     *
     * @param ready from the start of the process until readiness is up
     * @param CPU time used until then
     */
    record Start(Duration ready, Duration processor) {}

    /**
     * Unpacks a service and trains its AOT cache, as the build of its image does.
     *
     * @param root of the project, in which the service is packaged
     */
    static UnpackedService of(Service service, Path root, Path folder) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve(service.label()));
        Path jar = Files.copy(packaged(service, root), folder.resolve("app.jar"));
        run(List.of(
                JAVA.toString(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                home.toString()));
        Files.delete(jar);
        run(List.of(
                "bash",
                root.resolve("deploy").resolve("images").resolve("train").toString(),
                home.toString(),
                root.resolve("standalone").resolve("target").resolve("lib").toString()));
        return new UnpackedService(service, home);
    }

    /** Starts the service, waits until it is ready, and stops it. */
    Start start(boolean cached, Map<String, String> settings, Path work) throws IOException, InterruptedException {
        int port = FreePort.next();
        var command = new ArrayList<>(List.of(JAVA.toString()));
        if (cached) {
            command.add("-XX:AOTCache=" + home.resolve("app.aot"));
        }
        command.addAll(List.of(
                "-Xmx512m",
                "@" + home.resolve("jvm.options"),
                "-Djava.library.path=" + home,
                "-jar",
                home.resolve("app.jar").toString(),
                "--server.port=" + port));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Path log = work.resolve(service.label() + ".log");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                    .build();
            while (!isReady(request)) {
                if (process.waitFor(BETWEEN_LOOKS) || System.nanoTime() - began > MAX_START.toNanos()) {
                    throw new IllegalStateException(
                            "The " + service.label() + " is not ready:\n" + Files.readString(log));
                }
            }
            return new Start(
                    Duration.ofNanos(System.nanoTime() - began),
                    process.info().totalCpuDuration().orElse(Duration.ZERO));
        } finally {
            process.destroy();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private boolean isReady(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    private static Path packaged(Service service, Path root) throws IOException {
        Path target = root.resolve(service.label()).resolve("target");
        try (var jars = Files.newDirectoryStream(target, service.label() + "-*-exec.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new IOException("The " + service.label() + " is not packaged in " + target);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", JAVA.getParent() + ":", (path, jdk) -> jdk + path);
        Process process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
