package io.clicktrail.benchmarks.faults;

import io.clicktrail.local.FreePort;
import io.clicktrail.local.ParentWatchJar;
import io.clicktrail.standalone.stack.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service as a process of its own, which can be killed. Like an orchestrator, {@link #tend} starts it again when it
 * has ended by itself or says that only a new process can help.
 */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int MAX_UNHEALTHY = 3;

    /** A process that leaves an AOT cache ends when it is written. */
    private static final int STOP_SECONDS = 180;

    private final Service service;
    private final StateVolume volume;
    private final List<String> settings = new ArrayList<>();
    private final Map<String, String> environment;
    private final Path log;
    private final int port;
    private Builds.Build build;
    private @Nullable Process process;
    private int unhealthy;
    private int replaced;

    /**
     * A service that does not run yet.
     *
     * @param name of its log
     * @param build whose classes it runs
     * @param given settings, which win over the service's own
     * @param environment variables of its process
     */
    ServiceProcess(
            Service service,
            String name,
            Path folder,
            Builds.Build build,
            StateVolume volume,
            Map<String, String> given,
            Map<String, String> environment)
            throws IOException {
        this.service = service;
        this.build = build;
        this.volume = volume;
        this.environment = Map.copyOf(environment);
        log = folder.resolve(name + ".log");
        port = FreePort.next();
        var all = new TreeMap<>(given);
        all.put("server.port", Integer.toString(port));
        all.put("clicktrail.streams.state-dir", volume.state().toString());
        all.forEach((key, value) -> settings.add("--" + key + "=" + value));
    }

    Service service() {
        return service;
    }

    StateVolume volume() {
        return volume;
    }

    /** Runs the classes of another build from its next start on. */
    synchronized void use(Builds.Build next) {
        build = next;
    }

    synchronized void start() throws IOException {
        var builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        process = builder.start();
        unhealthy = 0;
    }

    /** As {@code kill -9} does; it stays down until it is started. */
    synchronized void kill() throws IOException, InterruptedException {
        end(false);
    }

    /** Sends SIGTERM and does not wait. */
    synchronized void ask() {
        if (process != null) {
            process.destroy();
        }
    }

    /** As SIGTERM does; it stays down until it is started. */
    synchronized void stop() throws IOException, InterruptedException {
        end(true);
    }

    /** Returns when the process has ended by itself, or after a time at the latest. */
    void awaitEnd(Duration longest) throws InterruptedException {
        Process running;
        synchronized (this) {
            running = process;
        }
        if (running != null) {
            running.waitFor(longest);
        }
    }

    /** Replaces a process that has ended by itself or has been beyond repair three times in a row. */
    synchronized void tend() throws IOException, InterruptedException {
        if (process == null) {
            return;
        }
        if (process.isAlive()) {
            unhealthy = isBeyondRepair() ? unhealthy + 1 : 0;
            if (unhealthy < MAX_UNHEALTHY) {
                return;
            }
        }
        end(false);
        replaced++;
        start();
    }

    /** Times that {@link #tend} replaced the process since asked last. */
    synchronized int takeReplaced() {
        int times = replaced;
        replaced = 0;
        return times;
    }

    /** The metrics in Prometheus' text format, or nothing while it does not answer. */
    String metrics() throws InterruptedException {
        var answer = get("/actuator/prometheus");
        return answer == null ? "" : answer.body();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dclicktrail.parent.grace.seconds=" + STOP_SECONDS));
        command.addAll(ParentWatchJar.command(
                build.archives(), build.classPath(), service.application().getName()));
        command.add("--spring.config.location=" + build.settings(service));
        command.addAll(1, build.startOptions(service));
        command.addAll(settings);
        return command;
    }

    /** Whether it processes records. */
    boolean isReady() throws InterruptedException {
        var answer = get("/actuator/health/readiness");
        return answer != null && answer.statusCode() == 200;
    }

    private boolean isBeyondRepair() throws InterruptedException {
        var answer = get("/actuator/health/liveness");
        return answer != null && answer.statusCode() == 503;
    }

    private @Nullable HttpResponse<String> get(String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .timeout(ANSWER)
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    private void end(boolean peacefully) throws IOException, InterruptedException {
        var running = process;
        process = null;
        if (running == null) {
            return;
        }
        if (peacefully) {
            running.destroy();
            running.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        }
        running.destroyForcibly();
        if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Process " + running.pid() + " can't be killed");
        }
        Clock.removeTraces(running.pid());
    }
}
