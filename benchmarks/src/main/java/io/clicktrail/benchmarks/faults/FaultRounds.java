package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.DemoLogs;
import io.clicktrail.standalone.replay.ReferenceData;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Runs one quiet round, then rounds with faults, and compares what came out. */
public final class FaultRounds {

    private static final int CASES_OF_THE_LOG = 3;

    private final PrintStream out;
    private final Path folder;
    private final Path archives;
    private final @Nullable Path previous;

    /**
     * Rounds in a folder.
     *
     * @param folder for state and logs; what failed stays there
     * @param archives where class archives outlive this process
     * @param previous folder of the jars of an earlier build, from which and back to which services go; null for none
     */
    public FaultRounds(PrintStream out, Path folder, Path archives, @Nullable Path previous) {
        this.out = out;
        this.folder = folder;
        this.archives = archives;
        this.previous = previous;
    }

    /**
     * Runs rounds and prints each with what was broken.
     *
     * @param seed together with the number of a round it decides what is broken
     * @param first number of the first round, from 1
     * @param parallel how many rounds run at the same time, each with services and ways to the brokers of its own; the
     *     brokers break for all of them
     * @param only names of the kinds of faults; empty for all
     * @return number of rounds that failed
     */
    public int run(int rounds, long seed, int first, int parallel, Set<String> only) throws Exception {
        Files.createDirectories(archives);
        Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing));
        var kinds = kinds(only);
        var builds = Builds.of(archives, previous);
        var log = RawLog.ofDemo(folder.resolve("logs"));
        var reference = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
        var failed = new ConcurrentSkipListSet<Integer>();
        try (var infrastructure = new Infrastructure(folder.resolve("infrastructure"), parallel)) {
            var lanes = new LinkedBlockingQueue<>(infrastructure.lanes());
            var quiet = quiet(new Round(infrastructure, lanes.element(), reference, log, builds, line -> {}));
            inParallel(parallel, IntStream.range(first, first + rounds), number -> {
                var lane = lanes.take();
                try {
                    Consumer<String> say = line -> out.println("  round " + number + " " + line);
                    var round = new Round(infrastructure, lane, reference, log, builds, say);
                    if (!succeeds(round, number, FaultPlan.draw(seed, number, log.size(), kinds), quiet)) {
                        failed.add(number);
                        out.printf(
                                "  again: ./clicktrail bench faults --seed %d --first %d --rounds 1%s%n",
                                seed, number, only.isEmpty() ? "" : " --only " + String.join(",", only));
                    }
                } finally {
                    lanes.add(lane);
                }
            });
        }
        if (failed.isEmpty()) {
            FileSystemUtils.deleteRecursively(folder);
        }
        out.printf("rounds=%d failures=%d seed=%d%n", rounds, failed.size(), seed);
        return failed.size();
    }

    private static void inParallel(int parallel, IntStream numbers, NumberedRound round) throws Exception {
        try (var threads = Executors.newFixedThreadPool(parallel)) {
            var all = numbers.<Callable<Integer>>mapToObj(number -> () -> {
                        round.run(number);
                        return number;
                    })
                    .toList();
            for (var ended : threads.invokeAll(all)) {
                ended.get();
            }
        }
    }

    @FunctionalInterface
    private interface NumberedRound {
        void run(int number) throws Exception;
    }

    private Observation quiet(Round round) throws Exception {
        long began = System.nanoTime();
        var quiet = round.run("quiet", folder.resolve("quiet"), FaultPlan.QUIET);
        if (quiet.shown() != CASES_OF_THE_LOG || !quiet.doubled().isEmpty()) {
            throw new IllegalStateException("The undisturbed round gives " + quiet.cases() + ", " + quiet.doubled());
        }
        out.printf(
                Locale.ROOT,
                "undisturbed: %d cases of %d raw records, %.1f s%n",
                quiet.shown(),
                quiet.accounted(),
                seconds(began));
        return quiet;
    }

    private boolean succeeds(Round round, int number, FaultPlan plan, Observation quiet) throws IOException {
        long began = System.nanoTime();
        var own = folder.resolve("round-" + number);
        var differences = new ArrayList<String>();
        try {
            differences.addAll(round.run("round" + number, own, plan).differences(quiet, plan));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            differences.add("interrupted");
        } catch (Exception e) {
            differences.add(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        var said = new StringJoiner(System.lineSeparator());
        said.add(String.format(
                Locale.ROOT,
                "  round %d %s after %.1f s",
                number,
                differences.isEmpty() ? "is as undisturbed" : "FAILED",
                seconds(began)));
        differences.forEach(difference -> said.add("    " + difference));
        if (differences.isEmpty()) {
            FileSystemUtils.deleteRecursively(own);
        } else {
            said.add("    logs: " + own);
        }
        out.println(said);
        return differences.isEmpty();
    }

    /** The kinds that this machine allows. */
    private List<FaultKind> kinds(Set<String> only) throws IOException, InterruptedException {
        var kinds = EnumSet.allOf(FaultKind.class);
        if (!only.isEmpty()) {
            kinds.removeIf(kind -> !only.contains(kind.label()));
        }
        if (kinds.contains(FaultKind.STEP_CLOCK) && !Clock.canStep()) {
            kinds.remove(FaultKind.STEP_CLOCK);
            out.println("left out: step-clock, which needs the package libfaketime");
        }
        if (kinds.contains(FaultKind.FILL_DISK) && !Volume.canMount(folder)) {
            kinds.remove(FaultKind.FILL_DISK);
            out.println("left out: fill-disk, which needs the right to mount a file system");
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("There are no such faults: " + only + "; there are "
                    + EnumSet.allOf(FaultKind.class).stream()
                            .map(FaultKind::label)
                            .collect(Collectors.joining(", ")));
        }
        return List.copyOf(kinds);
    }

    /** However this process ends, no process and no mount of its remains. */
    private void leaveNothing() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            Volume.releaseAll(folder);
        } catch (IOException e) {
            out.println("file systems below " + folder + " are still mounted: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
