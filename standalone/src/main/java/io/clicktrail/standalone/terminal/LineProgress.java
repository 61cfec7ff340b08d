package io.clicktrail.standalone.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** A line every 10 s, for logs and pipes. */
final class LineProgress implements Progress {
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;
    private final String what;
    private final long total;
    private final Unit unit;
    private final long start = System.nanoTime();
    private long lastLine = start;

    LineProgress(PrintStream out, String what, long total, Unit unit) {
        this.out = out;
        this.what = what;
        this.total = total;
        this.unit = unit;
    }

    @Override
    public void at(long done) {
        long now = System.nanoTime();
        if (now - lastLine >= PAUSE) {
            lastLine = now;
            out.printf(
                    Locale.ROOT,
                    "%s: %d %% of %,d%s after %s%n",
                    what,
                    total == 0 ? 100 : 100 * done / total,
                    Math.ceilDiv(total, unit.size()),
                    unit.label(),
                    Terminal.seconds(now - start));
        }
    }

    @Override
    public void close() {
        out.println(what + ": done in " + Terminal.seconds(System.nanoTime() - start));
    }
}
