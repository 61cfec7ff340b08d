package io.clicktrail.standalone;

import com.sun.net.httpserver.HttpServer;
import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.event.Platform;
import io.clicktrail.standalone.backtest.ClusterInput;
import io.clicktrail.standalone.backtest.ShadowRun;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a tuning on trial beside the one in force. */
@Command(
        name = "shadow",
        description = {
            "Judges what a running installation reads by a tuning on trial, beside the one in force, until it is",
            "ended. Its cases go to the topic alerts.shadow, and are compared with those of the installation, which",
            "stay as they are. 'tuning put' promotes the document; ending the command is the way back."
        },
        mixinStandardHelpOptions = true)
final class ShadowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Tuning document; one a platform.")
    private List<Path> tuning = List.of();

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "3h",
            description = "Span of earlier events that fill the windows first (default: ${DEFAULT-VALUE}).")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "1m",
            description = "Prints the comparison so often (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ZERO;

    @Option(names = "--for", paramLabel = "DURATION", description = "Ends by itself after this time.")
    private @Nullable Duration length;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serves clicktrail_shadow_cases for Prometheus at this port of the loopback address.")
    private @Nullable Integer port;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private LogOptions options = new LogOptions();

    private final Set<String> printed = new HashSet<>();

    ShadowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        EngineSettings settings = options.settings();
        Instant start = Instant.now();
        var input = new ClusterInput(cluster.clients(), cluster.topics(), start, start, terminal);
        Map<Platform, Tuning> documents = BacktestOptions.documents(tuning, input.inForce(), settings.catalogues());
        try (var meters = new ShadowMeters(port);
                var run =
                        new ShadowRun(cluster.clients(), cluster.topics(), settings, input, documents, start, warmUp)) {
            run.step();
            terminal.say("The windows are filled with the events of the last " + DurationStyle.SIMPLE.print(warmUp)
                    + "; cases count from now on.");
            Instant next = Instant.now().plus(every);
            while (length == null || Instant.now().isBefore(start.plus(length))) {
                run.step();
                meters.set(run.tally());
                if (!Instant.now().isBefore(next)) {
                    print(run);
                    next = next.plus(every);
                }
            }
            run.step();
            print(run);
        }
        return Clicktrail.DONE;
    }

    private void print(ShadowRun run) {
        ShadowRun.Tally tally = run.tally();
        tally.onlyShadow().stream().sorted().filter(printed::add).forEach(id -> {
            Alert alert = run.shadow(id);
            terminal.results()
                    .println("only by the tuning on trial  " + id + "  "
                            + SafeText.reveal(alert.getDevice().getHostname()) + ", "
                            + SafeText.reveal(alert.getTenantKey()) + ", tier "
                            + alert.getEscalation().getTier() + " " + alert.getSeverity());
        });
        tally.onlyLive().stream()
                .sorted()
                .filter(printed::add)
                .forEach(id -> terminal.results().println("only by the one in force     " + id));
        terminal.results()
                .println(tally.both().size() + " cases by both, "
                        + tally.onlyShadow().size() + " only by the tuning on trial, "
                        + tally.onlyLive().size() + " only by the one in force; " + tally.events() + " events judged");
    }

    /** The comparison as metrics. */
    private static final class ShadowMeters implements AutoCloseable {
        private static final String NAME = "clicktrail.shadow.cases";
        private static final String TAG = "by";

        private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final AtomicInteger both = gauge("both");
        private final AtomicInteger onlyShadow = gauge("trial");
        private final AtomicInteger onlyLive = gauge("in_force");
        private final @Nullable HttpServer server;

        ShadowMeters(@Nullable Integer port) throws IOException {
            server = port == null
                    ? null
                    : HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            if (server != null) {
                server.createContext("/metrics", exchange -> {
                    byte[] body = meters.scrape().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
                server.start();
            }
        }

        void set(ShadowRun.Tally tally) {
            both.set(tally.both().size());
            onlyShadow.set(tally.onlyShadow().size());
            onlyLive.set(tally.onlyLive().size());
        }

        @Override
        public void close() {
            if (server != null) {
                server.stop(0);
            }
            meters.close();
        }

        private AtomicInteger gauge(String by) {
            return meters.gauge(NAME, List.of(Tag.of(TAG, by)), new AtomicInteger());
        }
    }
}
