package io.clicktrail.benchmarks.detection;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.benchmarks.detection.CaseScoring.Case;
import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The labelled benchmark as a command. */
@Command(
        name = "detection",
        description = {
            "Invents a day of raw logs of three platforms with hostile and ordinary stories, plays it through "
                    + "the real stack and",
            "prints what was found; or judges logs of your own by a table of labels. The last line holds the figures."
        },
        mixinStandardHelpOptions = true)
public final class DetectionBenchmark implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same logs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "240",
            description = "Number of machines (default: ${DEFAULT-VALUE}).")
    private int hosts;

    @Option(
            names = "--kinds",
            defaultValue = "all",
            description = "Kinds that weights may be fitted on (fit), are reported on (report), or all.")
    private String kinds = "all";

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            description = "Only machines with windows, linux or macos (default: all).")
    private @Nullable String platform;

    @Option(
            names = "--stories",
            defaultValue = "all",
            description = "Stories with files (files), with forms and sign-ins (credentials), or all.")
    private String stories = "all";

    @Option(names = "--list", description = "Prints the kinds with their halves and sources, and ends.")
    private boolean list;

    @Option(names = "--write", paramLabel = "DIR", description = "Writes logs, labels and known names, and ends.")
    private @Nullable Path write;

    @Option(names = "--logs", paramLabel = "DIR", description = "Logs of your own; goes with --truth.")
    private @Nullable Path logs;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = {
                "Table between tabs, its first line names the columns: tier (0 for ordinary stories), host, "
                        + "from, to (ISO 8601)",
                "are needed; address, user, marks (separated by bars), platform, kind, place help."
            })
    private @Nullable Path truth;

    @Option(
            names = "--engine",
            defaultValue = "stack",
            description = {
                "stack plays through Kafka, the registry and the services; local judges in this process, without",
                "Kafka, which is faster; both does both and names each case in which they differ, with exit code 1;",
                "stalling does the same with local and a local engine in which each hop is late now and then,",
                "colocated with local and a local engine in which normalizer and enricher are one service",
                "(default: ${DEFAULT-VALUE})."
            })
    private String engine = "stack";

    @Option(
            names = "--explain",
            description =
                    "Says of each missed story what decided, as 'explain' does; exit code 1 where nothing is named.")
    private boolean explains;

    @Option(names = "--seen", paramLabel = "FILE", description = "Names known for long, for logs of your own.")
    private @Nullable Path seen;

    @Option(names = "--tuning", paramLabel = "FILE", description = "Tuning document of one platform.")
    private @Nullable Path tuning;

    private List<String> differences = List.of();
    private boolean isUnexplained;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofThisProcess();
        if (list) {
            print(StoryKinds.hostile());
            print(StoryKinds.ordinary());
            return Clicktrail.DONE;
        }
        if ((logs == null) != (truth == null)) {
            throw new ParameterException(spec.commandLine(), "--logs and --truth go together");
        }
        if (logs != null && truth != null) {
            List<Label> labels = TruthFile.read(truth);
            long named = labels.stream().map(Label::shortHost).distinct().count();
            judge(labels, logs, seen, (int) named, terminal);
            return exitCode();
        }
        LabelledDay day = new DetectionWorkload(seed, hosts, halves(), system(), chosen()).invent();
        if (write != null) {
            day.write(write);
            terminal.say(summary(day));
            return Clicktrail.DONE;
        }
        terminal.say(summary(day));
        Path folder = Files.createTempDirectory("clicktrail-detection-");
        try {
            day.write(folder);
            judge(
                    day.labels(),
                    folder.resolve(LabelledDay.LOGS),
                    folder.resolve(LabelledDay.SEEN),
                    day.hosts(),
                    terminal);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        return exitCode();
    }

    private int exitCode() {
        return differences.isEmpty() && !isUnexplained ? Clicktrail.DONE : 1;
    }

    private DayPlayback play(Path from, @Nullable Path known, Terminal terminal) throws Exception {
        return switch (engine) {
            case "local" -> DayPlayback.local(from, known, tuning, terminal);
            case "stack" -> DayPlayback.of(from, known, tuning, terminal);
            case "both" -> compared("the stack", DayPlayback.of(from, known, tuning, terminal), from, known, terminal);
            case "colocated" ->
                compared(
                        "an engine whose normalizer and enricher are one service",
                        DayPlayback.colocated(from, known, tuning, terminal),
                        from,
                        known,
                        terminal);
            case "stalling" ->
                compared(
                        "a stalling engine",
                        DayPlayback.stalling(seed, from, known, tuning, terminal),
                        from,
                        known,
                        terminal);
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--engine is stack, local, both, stalling or colocated, not " + engine);
        };
    }

    private DayPlayback compared(String name, DayPlayback other, Path from, @Nullable Path known, Terminal terminal)
            throws Exception {
        DayPlayback local = DayPlayback.local(from, known, tuning, terminal);
        differences = EngineDifferences.between(other.cases(), local.cases());
        terminal.results()
                .printf(
                        "%d cases of %s, %d of the local engine, %d differences%n",
                        other.cases().size(), name, local.cases().size(), differences.size());
        differences.forEach(each -> terminal.results().println("  " + each));
        return other;
    }

    private List<Half> halves() {
        return switch (kinds) {
            case "all" -> List.of(Half.values());
            case "fit" -> List.of(Half.FIT);
            case "report" -> List.of(Half.REPORT);
            default -> throw new ParameterException(spec.commandLine(), "--kinds is fit, report or all, not " + kinds);
        };
    }

    private @Nullable OperatingSystem system() {
        try {
            return platform == null ? null : OperatingSystem.of(platform);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--platform is windows, linux or macos, not " + platform, e);
        }
    }

    private Predicate<StoryKind> chosen() {
        return switch (stories) {
            case "all" -> kind -> true;
            case "files" -> kind -> !kind.hasForms();
            case "credentials" -> StoryKind::hasForms;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--stories is files, credentials or all, not " + stories);
        };
    }

    private String summary(LabelledDay day) {
        long hostile = day.labels().stream().filter(Label::hostile).count();
        return String.format(
                Locale.ROOT,
                "%,d hosts, %,d records, %d hostile and %d ordinary stories of %s kinds (seed %d)",
                day.hosts(),
                day.logs().size(),
                hostile,
                day.labels().size() - hostile,
                kinds,
                seed);
    }

    private void judge(List<Label> labels, Path from, @Nullable Path known, int count, Terminal terminal)
            throws Exception {
        DayPlayback playback = play(from, known, terminal);
        List<Case> cases = playback.cases().stream()
                .filter(DetectionBenchmark::isOpen)
                .map(DetectionBenchmark::inShort)
                .toList();
        CaseScoring judgement = CaseScoring.of(labels, cases);
        new Report(terminal.results()).print(judgement, playback, count);
        if (explains) {
            explain(new MissedStories(from, known, tuning, playback.cases()).explain(judgement.missed()), terminal);
        }
    }

    private void explain(Map<Label, String> decided, Terminal terminal) {
        decided.forEach((label, what) -> terminal.results()
                .printf(
                        "%s %s: %s%n",
                        label.kind(), label.host(), what.isEmpty() ? "nothing is named that decided" : what));
        long named = decided.values().stream().filter(what -> !what.isEmpty()).count();
        isUnexplained = named < decided.size();
        terminal.results().printf("%d stories missed, of %d it is named what decided%n", decided.size(), named);
    }

    /** Whether a person would be shown it as the case of a host. */
    private static boolean isOpen(Alert alert) {
        return alert.getDuplicateOf() == null
                && !alert.getLabels().contains(CampaignCase.LABEL)
                && alert.getChangeReason() != ChangeReason.RETRACTED
                && alert.getState() != CaseState.SUPPRESSED
                && alert.getState() != CaseState.DELETED;
    }

    static Case inShort(Alert alert) {
        String names = alert.getTenantKey() + " "
                + alert.getObservables().stream()
                        .map(observable -> observable.getValue())
                        .collect(Collectors.joining(" "))
                + " " + alert.getTitle();
        return new Case(
                alert.getAlertId(),
                alert.getDevice().getHostname(),
                alert.getFirstEventTime(),
                alert.getLastEventTime(),
                alert.getEscalation().getTier(),
                alert.getTitle(),
                names.toLowerCase(Locale.ROOT),
                (alert.getDecision() == null ? "" : StrongestChain.inWords(alert.getDecision()) + "; ")
                        + String.join(", ", alert.getEscalation().getReasons()));
    }

    private static void print(List<StoryKind> kinds) {
        for (StoryKind kind : kinds) {
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-8s %-7s %-36s %s%n",
                    kind.hostile() ? "hostile" : "ordinary",
                    kind.system().label(),
                    kind.half().label(),
                    kind.name(),
                    kind.source());
        }
    }
}
