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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/** Runs one quiet round, then rounds with faults, and compares what came out. */
public final class FaultRounds {

    private static final int CASES_OF_THE_LOG = 3;

    private final PrintStream out;
    private final Path folder;
    private final Path archives;

    /**
     * Rounds in a folder.
     *
     * @param folder for state and logs; what failed stays there
     * @param archives where class archives outlive this process
     */
    public FaultRounds(PrintStream out, Path folder, Path archives) {
        this.out = out;
        this.folder = folder;
        this.archives = archives;
    }

    /**
     * Runs rounds and prints each with what was broken.
     *
     * @param seed together with the number of a round it decides what is broken
     * @param first number of the first round, from 1
     * @param only names of the kinds of faults; empty for all
     * @return number of rounds that failed
     */
    public int run(int rounds, long seed, int first, Set<String> only) throws Exception {
        Files.createDirectories(archives);
        Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing));
        var kinds = kinds(only);
        var log = RawLog.ofDemo(folder.resolve("logs"));
        var reference = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
        var failed = new ArrayList<Integer>();
        try (var infrastructure = new Infrastructure(folder.resolve("infrastructure"))) {
            var round = new Round(infrastructure, reference, log, archives, line -> out.println("  " + line));
            var quiet = quiet(round);
            for (int number : IntStream.range(first, first + rounds).toArray()) {
                if (!succeeds(round, number, FaultPlan.draw(seed, number, log.size(), kinds), quiet)) {
                    failed.add(number);
                    out.printf(
                            "  again: ./clicktrail bench faults --seed %d --first %d --rounds 1%s%n",
                            seed, number, only.isEmpty() ? "" : " --only " + String.join(",", only));
                }
            }
        }
        if (failed.isEmpty()) {
            FileSystemUtils.deleteRecursively(folder);
        }
        out.printf("rounds=%d failures=%d seed=%d%n", rounds, failed.size(), seed);
        return failed.size();
    }

    private Observation quiet(Round round) throws Exception {
        long began = System.nanoTime();
        var quiet = round.run("quiet", folder.resolve("quiet"), FaultPlan.QUIET);
        if (quiet.cases().size() != CASES_OF_THE_LOG || !quiet.doubled().isEmpty()) {
            throw new IllegalStateException("The undisturbed round gives " + quiet);
        }
        out.printf(
                Locale.ROOT,
                "undisturbed: %d cases of %d raw records, %.1f s%n",
                quiet.cases().size(),
                quiet.accounted(),
                seconds(began));
        return quiet;
    }

    private boolean succeeds(Round round, int number, FaultPlan plan, Observation quiet) throws IOException {
        out.printf("round %d%n", number);
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
        out.printf(
                Locale.ROOT,
                "  round %d %s after %.1f s%n",
                number,
                differences.isEmpty() ? "is as undisturbed" : "FAILED",
                seconds(began));
        differences.forEach(difference -> out.println("    " + difference));
        if (differences.isEmpty()) {
            FileSystemUtils.deleteRecursively(own);
        } else {
            out.println("    logs: " + own);
        }
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
