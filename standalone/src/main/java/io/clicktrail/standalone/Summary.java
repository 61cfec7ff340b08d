package io.clicktrail.standalone;

import io.clicktrail.standalone.replay.Accounting;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The last lines of a replay: what became of the records, how fast, with how much memory. */
final class Summary {
    private static final double MILLIS_PER_SECOND = 1000;

    private Summary() {}

    static void print(Terminal terminal, Replay.Result result) {
        Accounting accounting = result.accounting();
        terminal.say("");
        terminal.say(accounting.line());
        reasons(terminal, "rejected", accounting.rejected());
        reasons(terminal, "broken documents in normalized records", accounting.faults());
        if (!accounting.addsUp()) {
            terminal.say("These numbers do not add up: a service failed on some records; its dead letters hold them.");
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
