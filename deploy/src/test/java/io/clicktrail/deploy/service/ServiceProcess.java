package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.console.ConsoleApplication;
import io.clicktrail.local.FreePort;
import io.clicktrail.standalone.stack.Service;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A service as a process of its own, with a port for health and metrics. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Pattern SECURITY = Pattern.compile("spring-(boot-)?(starter-)?(security|oauth2)[^/]*$");

    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final int port;
    private Process process;

    /** @param settings win over the service's own, as arguments */
    ServiceProcess(Service service, Path folder, Map<String, String> settings) throws IOException {
        this(service, folder, settings, Map.of());
    }

    /**
     * Starts the service.
     *
     * @param settings win over the service's own, as arguments
     * @param secrets settings too, each in a file of its own, as the chart mounts them
     */
    ServiceProcess(Service service, Path folder, Map<String, String> settings, Map<String, String> secrets)
            throws IOException {
        this(service.label(), service.application(), folder, settings, secrets);
    }

    /** Starts any application of the suite. */
    ServiceProcess(
            String label, Class<?> application, Path folder, Map<String, String> settings, Map<String, String> secrets)
            throws IOException {
        Path mounted = Files.createDirectories(folder.resolve(label + "-secrets"));
        for (var secret : secrets.entrySet()) {
            Files.writeString(mounted.resolve(secret.getKey()), secret.getValue());
        }
        log = folder.resolve(label + ".log");
        port = FreePort.next();
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + Path.of("target", label + ".jsa").toAbsolutePath(),
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(application),
                application.getName()));
        var all = new TreeMap<>(settings);
        all.putIfAbsent("server.port", Integer.toString(port));
        all.put("management.server.port", Integer.toString(port));
        all.put("spring.config.location", Service.settingsOf(application));
        all.put("spring.config.import", "configtree:" + mounted + "/");
        all.put("clicktrail.streams.state-dir", folder.resolve(label + "-state").toString());
        all.forEach((name, value) -> command.add("--" + name + "=" + value));
        process = started();
    }

    boolean isReady() {
        return readiness().endsWith("\"status\":\"UP\"}");
    }

    /** Waits until the service is ready; fails at once if it has ended. */
    void awaitReady(Duration timeout) {
        await().atMost(timeout).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(isAlive()).isTrue();
            assertThat(isReady()).as(readiness()).isTrue();
        });
    }

    /** What the readiness endpoint says, or nothing while it does not answer. */
    String readiness() {
        return get("/actuator/health/readiness");
    }

    String metrics() {
        return get("/actuator/prometheus");
    }

    /** The index of the actuator's endpoints. */
    String endpoints() {
        return get("/actuator");
    }

    int status(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process in peace, as an upgrade does, and starts it again. */
    void restart() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " does not stop");
        }
        process = started();
    }

    /** Ends the process without a word, as a node that fails does, and starts it again. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = started();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String get(String path) {
        try {
            return HTTP.send(request(path), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(ANSWER)
                .build();
    }

    private Process started() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Jars only, as an archive of classes wants it, and none that logs otherwise than an image does. The console alone
     * has Spring Security, which would ask for a sign-in at the health and metrics of a service.
     */
    private static String classPath(Class<?> application) {
        boolean signsIn = application == ConsoleApplication.class;
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.endsWith(".jar") && !entry.endsWith("-tests.jar") && !entry.contains("standalone"))
                .filter(entry -> signsIn || !SECURITY.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
