package io.clicktrail.standalone;

import io.clicktrail.standalone.replay.RecordCounts;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The last lines of a replay: records by outcome, rate and memory. */
final class Summary {
    private static final double MILLIS_PER_SECOND = 1000;

    private Summary() {}

    static void print(Terminal terminal, Replay.Result result) {
        RecordCounts counts = result.counts();
        terminal.say("");
        terminal.say(counts.line());
        reasons(terminal, "rejected", counts.rejected());
        reasons(terminal, "broken documents in normalized records", counts.faults());
        if (!counts.addsUp()) {
            terminal.say("These numbers do not add up: a service wrote some records to its dead letters.");
        }
        terminal.say(String.format(
                Locale.ROOT,
                "%d %s; %.1f s, %,d records/s; peak memory %s",
                result.cases().size(),
                result.cases().size() == 1 ? "case" : "cases",
                result.took().toMillis() / MILLIS_PER_SECOND,
                result.rate(),
                PeakMemory.now()));
    }

    private static void reasons(Terminal terminal, String what, Map<String, Long> counts) {
        new TreeMap<>(counts)
                .forEach((reason, count) ->
                        terminal.say(String.format(Locale.ROOT, "  %,d %s: %s", count, what, reason)));
    }
}
