package io.clicktrail.standalone;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.standalone.coverage.CoverageGaps;
import io.clicktrail.standalone.doctor.CheckResult;
import io.clicktrail.standalone.doctor.CheckResult.Check;
import io.clicktrail.standalone.doctor.CheckResult.Level;
import io.clicktrail.standalone.doctor.ClusterChecks;
import io.clicktrail.standalone.doctor.MachineChecks;
import io.clicktrail.standalone.doctor.RegistryChecks;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.streams.topics.AccessPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wrong, and what to do. */
@Command(
        name = "doctor",
        description = {
            "Looks at this machine, the brokers, the registry and the sensors, and says what is wrong and what to do",
            "about it. Nothing is changed. Exit code 4 if there is a fault."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int CHECK_WIDTH = 12;

    private final Terminal terminal;

    @Option(
            names = "--principals",
            paramLabel = "PATTERN",
            description =
                    "How principals are named on the brokers, such as User:CN=clicktrail-{name}; their access is then"
                            + " compared with what they need.")
    private @Nullable AccessPlan principals;

    @Option(
            names = "--silent",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "Age of the last event from which a sensor counts as silent (default: ${DEFAULT-VALUE}).")
    private Duration silent = Duration.ofDays(1);

    @Option(names = "--machine-only", description = "Look at this machine alone, before anything runs.")
    private boolean machineOnly;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var findings = new ArrayList<CheckResult>();
        findings.add(MachineChecks.jdk(Runtime.version().feature(), ToolProvider.getSystemJavaCompiler() != null));
        findings.add(MachineChecks.disk(Path.of(System.getProperty("java.io.tmpdir"))));
        if (machineOnly) {
            findings.addAll(ports(false));
        } else {
            findings.addAll(brokers());
            findings.addAll(registry());
        }
        findings.forEach(this::print);
        long faults = findings.stream()
                .filter(finding -> finding.level() == Level.FAULT)
                .count();
        terminal.say(faults == 0 ? "nothing is wrong" : faults + (faults == 1 ? " fault" : " faults"));
        return faults == 0 ? Clicktrail.DONE : Clicktrail.TEST_FAILED;
    }

    private List<CheckResult> ports(boolean brokersAreOurs) {
        return List.of(
                MachineChecks.port(9092, "--broker-port", brokersAreOurs),
                MachineChecks.port(8081, "--registry-port", brokersAreOurs),
                MachineChecks.port(8090, "--console-port", brokersAreOurs));
    }

    private List<CheckResult> brokers() throws UnreadableLogException {
        var findings = new ArrayList<CheckResult>();
        var clients = new HashMap<>(cluster.clients());
        clients.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
        clients.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        try (Admin admin = Admin.create(clients)) {
            var checks = new ClusterChecks(admin, cluster.topics(), cluster.bootstrapServers(), TIMEOUT);
            CheckResult reachable = checks.reachable();
            findings.add(reachable);
            if (reachable.level() != Level.GOOD) {
                findings.addAll(ports(false));
                return findings;
            }
            Map<Check, Supplier<List<CheckResult>>> all = new EnumMap<>(Check.class);
            all.put(Check.BROKERS, () -> List.of(checks.version()));
            all.put(Check.TOPICS, checks::topics);
            all.put(Check.TIMESTAMPS, checks::timestamps);
            if (principals != null) {
                var plan = principals;
                all.put(Check.ACCESS, () -> checks.access(plan));
            }
            all.put(Check.SERVICES, checks::services);
            all.put(Check.CLOCK, () -> List.of(checks.clock(Instant.now())));
            all.forEach((check, look) -> findings.addAll(tried(check, look)));
        }
        findings.addAll(tried(Check.SENSORS, this::sensors));
        return findings;
    }

    /** A check that the brokers refuse is a finding of its own. */
    private static List<CheckResult> tried(Check check, Supplier<List<CheckResult>> look) {
        try {
            return look.get();
        } catch (KafkaException e) {
            return List.of(new CheckResult(
                    check,
                    Level.WARNING,
                    "this could not be looked at: " + e.getMessage(),
                    "run the doctor as an administrator of the brokers"));
        }
    }

    private List<CheckResult> sensors() {
        var gaps = new CoverageGaps();
        try {
            TopicReader.readAll(cluster.clients(), cluster.topics().coverage(), record -> {
                if (record.value() != null) {
                    gaps.add(record.value());
                }
            });
        } catch (UnreadableLogException e) {
            throw new KafkaException(e);
        }
        if (gaps.hosts() == 0) {
            return List.of(new CheckResult(
                    Check.SENSORS,
                    Level.WARNING,
                    "no event of any host has been read",
                    "let collectors write to "
                            + cluster.topics().raw().getFirst().name()
                            + ", and try a record with './clicktrail normalize'"));
        }
        int blind = gaps.lines(Instant.now(), silent, false).size();
        return List.of(
                blind == 0
                        ? new CheckResult(
                                Check.SENSORS, Level.GOOD, gaps.hosts() + " hosts show every stage of a chain", "")
                        : new CheckResult(
                                Check.SENSORS,
                                Level.FAULT,
                                blind + " of " + gaps.hosts() + " hosts have a stage that no sensor shows or has shown"
                                        + " lately",
                                "'./clicktrail coverage' names hosts and stages; a chain there is found in part or"
                                        + " not at all"));
    }

    private List<CheckResult> registry() {
        var findings = new ArrayList<CheckResult>();
        try (HttpSchemaRegistry registry = cluster.registry()) {
            findings.addAll(RegistryChecks.schemas(
                    registry, cluster.registryAddress(), cluster.topics().prefix()));
        }
        RegistryChecks.clock(cluster.registryAddress()).ifPresent(findings::add);
        return findings;
    }

    private void print(CheckResult finding) {
        String mark = switch (finding.level()) {
            case GOOD -> "ok     ";
            case WARNING -> "warning";
            case FAULT -> "FAULT  ";
        };
        String check = finding.check().name().toLowerCase(Locale.ROOT);
        terminal.results().println(mark + "  " + check + " ".repeat(CHECK_WIDTH - check.length()) + finding.what());
        if (!finding.remedy().isEmpty()) {
            terminal.results().println(" ".repeat(9 + CHECK_WIDTH) + "-> " + finding.remedy());
        }
    }
}
