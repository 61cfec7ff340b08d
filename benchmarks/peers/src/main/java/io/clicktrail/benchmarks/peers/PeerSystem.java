package io.clicktrail.benchmarks.peers;

import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.esper.EsperPattern;
import io.clicktrail.benchmarks.peers.flink.FlinkCep;
import io.clicktrail.benchmarks.peers.siembol.SiembolCorrelation;
import io.clicktrail.benchmarks.peers.streams.WindowedJoin;
import io.clicktrail.correlator.CorrelatorApplication;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A system that looks for chains. */
enum PeerSystem {
    CLICKTRAIL("Clicktrail", CorrelatorApplication.class, true),
    JOIN("Streams join", WindowedJoin.class, true),
    FLINK("Flink CEP", FlinkCep.class, true),
    SIEMBOL("Siembol", SiembolCorrelation.class, false),
    ESPER("Esper", EsperPattern.class, false);

    /** Of the Java platform, what Flink's own scripts open for it. */
    private static final List<String> OPENED = Stream.of(
                    "java.lang",
                    "java.net",
                    "java.io",
                    "java.nio",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks")
            .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED")
            .toList();

    private final String label;
    private final Class<?> main;
    private final boolean durable;

    PeerSystem(String label, Class<?> main, boolean durable) {
        this.label = label;
        this.main = main;
        this.durable = durable;
    }

    /** For people. */
    String label() {
        return label;
    }

    String main() {
        return main.getName();
    }

    /** Whether its state survives a restart and each chain is written exactly once. */
    boolean isDurable() {
        return durable;
    }

    List<String> virtualMachineOptions() {
        return this == FLINK ? OPENED : List.of();
    }

    /** Group of its consumer on the topics of a prefix. */
    String group(String prefix) {
        return this == CLICKTRAIL
                ? prefix + "-" + Service.CORRELATOR.label()
                : prefix + "-" + name().toLowerCase(Locale.ROOT);
    }

    /** Topic of the chains that it finds. */
    String output(Topics topics) {
        return this == CLICKTRAIL ? topics.detections().name() : group(topics.prefix()) + ".chains";
    }

    /** End of its command line. */
    List<String> arguments(PeerOptions options, String settling, int port) {
        if (this != CLICKTRAIL) {
            return options.arguments();
        }
        return List.of(
                "--spring.config.location=" + Service.CORRELATOR.settings(),
                "--server.port=" + port,
                "--clicktrail.bootstrap-servers=" + options.bootstrap(),
                "--clicktrail.registry.url=" + options.registry(),
                "--clicktrail.topic-prefix=" + options.prefix(),
                "--clicktrail.streams.state-dir=" + options.state(),
                "--clicktrail.streams.history=true",
                "--clicktrail.streams.backlog-commit-interval=" + options.commitMillis() + "ms",
                "--clicktrail.correlator.settling=" + settling);
    }
}
