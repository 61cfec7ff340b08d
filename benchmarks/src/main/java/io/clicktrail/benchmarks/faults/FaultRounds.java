package io.clicktrail.benchmarks.faults;

import io.clicktrail.local.LocalBroker;
import io.clicktrail.standalone.DemoLogs;
import io.clicktrail.standalone.replay.ReferenceData;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Runs rounds without faults, then rounds with faults, and compares what came out. */
public final class FaultRounds {

    private static final int MAX_SEQUENCE = 20;

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MIN_MEMORY_BYTES = 3L << 30;
    private static final String FOLDER = "clicktrail-faults-";

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
     * A folder in memory where there is room for one, else on disk: brokers write through to the disk for each of the
     * many partitions, and the end of a process loses no file of either.
     */
    public static Path newFolder() throws IOException {
        boolean fits = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > MIN_MEMORY_BYTES;
        return fits ? Files.createTempDirectory(MEMORY, FOLDER) : Files.createTempDirectory(FOLDER);
    }

    /**
     * Runs rounds and prints each with what was broken.
     *
     * @param seed together with the number of a round it decides what is broken
     * @param first number of the first round, from 1
     * @param parallel how many sequences of rounds run at the same time, each with services and ways to the brokers of
     *     its own; the brokers break for all of them
     * @param only names of the kinds of faults; empty for all
     * @param length rounds on the same services, which are not started for each then; 0 to choose
     * @return number of rounds that failed
     */
    public int run(int rounds, long seed, int first, int parallel, Set<String> only, int length) throws Exception {
        Files.createDirectories(archives);
        Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing));
        var kinds = kinds(only);
        var builds = Builds.of(archives, previous);
        var stories = RawLog.ofDemo(folder.resolve("logs"));
        var reference = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
        int longest = length > 0 ? length : sequence(rounds, parallel);
        var failed = new ConcurrentSkipListSet<Integer>();
        LocalBroker.writeArchive(folder.resolve("archive"));
        try (var infrastructure = new Infrastructure(folder.resolve("infrastructure"), parallel)) {
            var lanes = new LinkedBlockingQueue<>(infrastructure.lanes());
            var shared = new RoundSequence.Shared(infrastructure, reference, stories, builds);
            // Where a single sequence follows, training would take longer than it saves.
            var undisturbed = rounds > longest ? shared.training() : shared;
            var quiet = quiet(undisturbed, lanes.element(), Math.min(longest, rounds));
            inParallel(parallel, IntStream.range(0, Math.ceilDiv(rounds, longest)), sequence -> {
                var lane = lanes.take();
                try {
                    int next = first + sequence * longest;
                    int last = next + longest;
                    int end = Math.min(last, first + rounds);
                    while (next < end) {
                        int begin = next;
                        var plans = IntStream.range(next, last)
                                .mapToObj(number ->
                                        FaultPlan.draw(seed, number, sizeOfRound(stories, number - begin), kinds))
                                .toList();
                        int good = succeeding(shared, lane, next, end - next, plans, quiet);
                        if (next + good < end) {
                            failed.add(next + good);
                            out.printf(
                                    "  again: ./clicktrail bench faults --seed %d --first %d --rounds %d"
                                            + " --sequence %d%s%n",
                                    seed,
                                    next,
                                    good + 1,
                                    last - next,
                                    only.isEmpty() ? "" : " --only " + String.join(",", only));
                        }
                        next += good + 1;
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

    private static int sizeOfRound(List<RawLog> stories, int number) {
        return RawLog.ofRound(stories, number).size();
    }

    private static void inParallel(int parallel, IntStream numbers, Numbered each) throws Exception {
        try (var threads = Executors.newFixedThreadPool(parallel)) {
            var all = numbers.<Callable<Integer>>mapToObj(number -> () -> {
                        each.run(number);
                        return number;
                    })
                    .toList();
            for (var ended : threads.invokeAll(all)) {
                ended.get();
            }
        }
    }

    @FunctionalInterface
    private interface Numbered {
        void run(int number) throws Exception;
    }

    /** Rounds on the same services: what their start costs, against as many rounds without faults. */
    private static int sequence(int rounds, int parallel) {
        return Math.clamp(1 + Math.round(Math.sqrt((double) rounds / parallel)), 1, Math.min(rounds, MAX_SEQUENCE));
    }

    /** What there is after each of some rounds without faults. */
    private List<Observation> quiet(RoundSequence.Shared shared, Infrastructure.Lane lane, int rounds)
            throws Exception {
        long began = System.nanoTime();
        var quiet = new ArrayList<Observation>();
        var plans = Collections.nCopies(rounds, FaultPlan.QUIET);
        try (var sequence = RoundSequence.start(shared, lane, "quiet", folder.resolve("quiet"), plans, line -> {})) {
            for (var plan : plans) {
                var next = sequence.play(plan);
                quiet.add(next);
                if (next.shown() != quiet.size() || !next.doubled().isEmpty()) {
                    throw new IllegalStateException(
                            "Undisturbed, " + quiet.size() + " rounds give " + next.cases() + ", " + next.doubled());
                }
                out.printf(
                        Locale.ROOT,
                        "undisturbed: %d cases of %d raw records, %.1f s (%s)%n",
                        next.shown(),
                        next.accounted(),
                        seconds(began),
                        sequence.times());
            }
            if (shared.builds().present().trains()) {
                sequence.stop();
            }
        }
        return quiet;
    }

    /**
     * Plays the rounds of a sequence until one fails.
     *
     * @param first number of its first round
     * @param rounds how many to play
     * @param plans of all rounds of the sequence, also of those not played
     * @return number of rounds that did not fail
     */
    private int succeeding(
            RoundSequence.Shared shared,
            Infrastructure.Lane lane,
            int first,
            int rounds,
            List<FaultPlan> plans,
            List<Observation> quiet)
            throws Exception {
        var own = folder.resolve("rounds-from-" + first);
        say("rounds " + first + " to " + (first + rounds - 1) + " begin");
        int good = 0;
        long began = System.nanoTime();
        try (var sequence = RoundSequence.start(shared, lane, "rounds" + first, own, plans, this::say)) {
            while (good < rounds) {
                var differences = sequence.play(plans.get(good)).differences(quiet.get(good), sequence.soFar());
                say(said(first + good, differences, began, sequence.times().toString(), own));
                if (!differences.isEmpty()) {
                    return good;
                }
                good++;
                began = System.nanoTime();
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (good == rounds) {
                throw e;
            }
            var why = List.of(e.getMessage() == null ? e.toString() : e.getMessage());
            say(said(first + good, why, began, "not done", own));
            return good;
        }
        FileSystemUtils.deleteRecursively(own);
        return good;
    }

    private void say(String line) {
        out.println("  " + line);
    }

    private static String said(int number, List<String> differences, long began, String times, Path logs) {
        var said = new StringJoiner(System.lineSeparator());
        said.add(String.format(
                Locale.ROOT,
                "round %d %s after %.1f s (%s)",
                number,
                differences.isEmpty() ? "is as undisturbed" : "FAILED",
                seconds(began),
                times));
        differences.forEach(difference -> said.add("    " + difference));
        if (!differences.isEmpty()) {
            said.add("    logs: " + logs);
        }
        return said.toString();
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
        if (kinds.contains(FaultKind.FILL_DISK) && !StateVolume.canMount(folder)) {
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
        var processes = ProcessHandle.current().descendants().toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        try {
            for (var process : processes) {
                process.onExit().join();
                Clock.removeTraces(process.pid());
            }
            StateVolume.releaseAll(folder);
        } catch (IOException e) {
            out.println("something of " + folder + " is left, perhaps mounted: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
