package io.clicktrail.benchmarks.peers.chain;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The chain of click, egress, write and execution on one host, as a good engineer would tell it to a system with
 * patterns or joins: each step within the window of the host's platform, the places suspicious, and what runs names the
 * file that was written or is a system tool. Windows and grace are those of our correlator.
 */
public final class ChainPattern {

    private static final Map<Platform, ChainDefinition> DEFINITIONS = new EnumMap<>(Platform.class);

    static {
        for (var platform : Platform.values()) {
            DEFINITIONS.put(platform, ChainDefinition.builtIn(platform));
        }
    }

    /** The longest window from a click to a write. */
    public static final Duration WINDOW = longest(
            Stream.of(Platform.values()).map(platform -> definition(platform).window()));

    /** The longest window from a write to an execution. */
    public static final Duration FOLLOW_ON = longest(
            Stream.of(Platform.values()).map(platform -> definition(platform).followOn()));

    /** How far the clocks of two sensors may differ. */
    public static final Duration SKEW = longest(
            Stream.of(Platform.values()).map(platform -> definition(platform).skew()));

    /** How late evidence may arrive. */
    public static final Duration GRACE = longest(
            Stream.of(Platform.values()).map(platform -> definition(platform).grace()));

    private ChainPattern() {}

    /** Whether an egress can belong to a click. */
    public static boolean isOpened(Step click, Step egress) {
        return egress.egress()
                && isWithin(click, egress, definition(click.platform()).window());
    }

    /** Whether a write can belong to a click and what was loaded after it. */
    public static boolean isWritten(Step click, Step egress, Step write) {
        return write.write()
                && write.time()
                        >= egress.time() - definition(click.platform()).skew().toMillis()
                && isWithin(click, write, definition(click.platform()).window());
    }

    /** Whether an execution is of what was written. */
    public static boolean isRun(Step write, Step execution) {
        return execution.execution()
                && isWithin(write, execution, definition(write.platform()).followOn())
                && (execution.tool() || names(execution, write));
    }

    /** A chain that was found. */
    public static ChainMatch match(Step... steps) {
        var times = Stream.of(steps).mapToLong(Step::time).summaryStatistics();
        return new ChainMatch(
                steps[0].host(),
                Instant.ofEpochMilli(times.getMin()),
                Instant.ofEpochMilli(times.getMax()),
                Stream.of(steps).map(Step::names).collect(Collectors.joining(" ")));
    }

    private static boolean names(Step execution, Step write) {
        String path = write.file().toLowerCase(Locale.ROOT);
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return !name.isEmpty() && execution.command().toLowerCase(Locale.ROOT).contains(name);
    }

    private static boolean isWithin(Step first, Step second, Duration window) {
        long after = second.time() - first.time();
        return after >= -definition(first.platform()).skew().toMillis() && after <= window.toMillis();
    }

    private static ChainDefinition definition(Platform platform) {
        return Objects.requireNonNull(DEFINITIONS.get(platform));
    }

    private static Duration longest(Stream<Duration> durations) {
        return durations.max(Duration::compareTo).orElseThrow();
    }
}
