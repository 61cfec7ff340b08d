package io.clicktrail.standalone;

import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.detectiontest.DetectionTests;
import io.clicktrail.standalone.detectiontest.JUnitXml;
import io.clicktrail.standalone.detectiontest.TestOutcome;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs tests of detections. */
@Command(
        name = "test",
        description = {
            "Runs tests of detections in this process, without Kafka: each file NAME.test.yaml names logs, tuning,",
            "intel and known domains, and the cases that must come of them, or none.",
            "Exit codes: 0 all passed, 1 a file cannot be read, 4 a test failed."
        },
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    private static final String SCHEMA = "detectiontest/test.schema.json";
    /** To compile lists and formats takes a thread as long as about as many tests. */
    private static final int TESTS_WORTH_A_THREAD = 10;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files of tests, or folders of *.test.yaml.")
    private List<Path> paths = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "Output file for JUnit XML.")
    private @Nullable Path junit;

    @Option(names = "--schema", description = "Prints the JSON Schema of such files, for editors, and ends.")
    private boolean schema;

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (schema) {
            terminal.results().println(schemaText());
            return Clicktrail.DONE;
        }
        if (paths.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "a file or folder of tests is missing");
        }
        long start = System.nanoTime();
        List<Path> files = DetectionTests.find(paths);
        if (files.isEmpty()) {
            throw new UnreadableLogException("no *.test.yaml below " + paths);
        }
        List<TestOutcome> outcomes = outcomes(files);
        if (junit != null) {
            write(outcomes, junit);
        }
        long failed =
                outcomes.stream().filter(each -> !each.failures().isEmpty()).count();
        long broken = outcomes.stream().filter(each -> each.error() != null).count();
        terminal.say(String.format(
                Locale.ROOT,
                "%d tests, %d failed, %d could not run; %.1f s",
                outcomes.size(),
                failed,
                broken,
                (System.nanoTime() - start) / NANOS_PER_SECOND));
        return broken > 0 ? Clicktrail.NOT_UNDERSTOOD : failed > 0 ? Clicktrail.TEST_FAILED : Clicktrail.DONE;
    }

    /** Runs many tests on all processors, each thread with lists and formats of its own; prints them in their order. */
    private List<TestOutcome> outcomes(List<Path> files) throws InterruptedException, ExecutionException {
        int processors = Runtime.getRuntime().availableProcessors();
        int threads = Math.clamp(files.size() / TESTS_WORTH_A_THREAD, 1, processors);
        var tests = ThreadLocal.withInitial(
                () -> new DetectionTests(Catalogues.bundled(), new EventTimeReader(), Stack.MAX_RECORD_BYTES));
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<TestOutcome>> running = files.stream()
                    .map(file -> pool.submit(() -> tests.get().run(file)))
                    .toList();
            var outcomes = new ArrayList<TestOutcome>();
            for (Future<TestOutcome> each : running) {
                outcomes.add(each.get());
                print(outcomes.getLast());
            }
            return outcomes;
        }
    }

    private void print(TestOutcome outcome) {
        String state = outcome.error() != null ? "ERROR" : outcome.passed() ? "ok" : "FAILED";
        terminal.results()
                .printf(
                        Locale.ROOT,
                        "%-6s %s (%d ms)%n",
                        state,
                        outcome.name(),
                        outcome.took().toMillis());
        outcome.failures().forEach(failure -> terminal.results().println("       " + failure));
        if (outcome.error() != null) {
            terminal.results().println("       " + outcome.error());
        }
    }

    private static void write(List<TestOutcome> outcomes, Path file) throws UnreadableLogException {
        try {
            JUnitXml.write(outcomes, file);
        } catch (IOException e) {
            throw UnreadableLogException.unwritable(file, e);
        }
    }

    private static String schemaText() throws IOException {
        try (InputStream in = TestCommand.class.getResourceAsStream(SCHEMA)) {
            return new String(Objects.requireNonNull(in, SCHEMA).readAllBytes(), StandardCharsets.UTF_8)
                    .stripTrailing();
        }
    }
}
