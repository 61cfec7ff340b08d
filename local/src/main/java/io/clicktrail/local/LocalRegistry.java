package io.clicktrail.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio Registry as a child process, used through its Confluent API.
 *
 * <p>The system property {@code clicktrail.registry.home} is the folder of the unpacked archive.
 */
public final class LocalRegistry implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(2);

    private final Options options;
    private final int port;
    private @Nullable LocalProcess process;

    /**
     * Settings of the registry.
     *
     * @param home folder with {@code quarkus-run.jar}
     * @param directory folder of the log
     * @param port port on the loopback address; 0 takes a free one
     * @param heapMegabytes Java heap of the registry
     * @param lasting whether schemas are stored in the directory, for a broker whose data is kept; otherwise they are
     *     in memory
     */
    public record Options(Path home, Path directory, int port, int heapMegabytes, boolean lasting) {

        public Options {
            home = home.toAbsolutePath();
            directory = directory.toAbsolutePath();
        }

        /** Home from the system property, free port, 256 MB heap, schemas in memory. */
        public static Options in(Path directory) {
            var home = System.getProperty("clicktrail.registry.home");
            if (home == null) {
                throw new LocalStackException("The system property clicktrail.registry.home is not set", null);
            }
            return new Options(Path.of(home), directory, 0, 256, false);
        }

        /** The same with another port and storage. */
        public Options with(int port, boolean lasting) {
            return new Options(home, directory, port, heapMegabytes, lasting);
        }

        private String storage() {
            return lasting ? "jdbc:h2:file:" + directory.resolve("schemas") : "jdbc:h2:mem:schemas";
        }
    }

    private LocalRegistry(Options options) {
        this.options = options;
        this.port = options.port() == 0 ? FreePort.next() : options.port();
    }

    /**
     * Starts a registry and waits until it answers.
     *
     * @throws LocalStackException if it does not start
     */
    public static LocalRegistry start(Options options) {
        var registry = new LocalRegistry(options);
        registry.start();
        return registry;
    }

    /** Starts it again after {@link #stop}, on the same port, and empty unless its schemas are stored. */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        var jar = options.home().resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new LocalStackException("There is no registry in " + options.home(), null);
        }
        LocalProcess.requireFree(port);
        var started = LocalProcess.start(
                "registry",
                options.directory(),
                List.of(
                        "-Xmx" + options.heapMegabytes() + "m",
                        "-Dquarkus.http.host=localhost",
                        "-Dquarkus.http.port=" + port,
                        // It has a second port that can't be disabled at run time.
                        "-Dquarkus.management.host=localhost",
                        "-Dquarkus.management.port=" + FreePort.next(),
                        "-Dquarkus.banner.enabled=false",
                        "-Dapicurio.storage.kind=sql",
                        "-Dapicurio.storage.sql.kind=h2",
                        "-Dapicurio.datasource.url=" + options.storage()),
                jar.toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                List.of());
        process = started;
        started.await(() -> LocalProcess.listens(port), START_TIMEOUT);
        try (var client = HttpClient.newHttpClient()) {
            started.await(() -> answers(client), START_TIMEOUT);
        }
    }

    /** Base address of the Confluent REST API. */
    public String url() {
        return url(port);
    }

    /** The same for a registry on a port of this machine. */
    public static String url(int port) {
        return "http://localhost:" + port + "/apis/ccompat/v7";
    }

    public synchronized void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Ends it faster than {@link #stop}, for data that is not used again. */
    public synchronized void discard() {
        if (process != null) {
            process.discard();
            process = null;
        }
    }

    /** Process id, or -1 before the first start. */
    public synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it was started and has ended without being stopped. */
    public synchronized boolean hasFailed() {
        return process != null && !process.isAlive();
    }

    @Override
    public void close() {
        stop();
    }

    private boolean answers(HttpClient client) {
        var request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(ASK_TIMEOUT)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
