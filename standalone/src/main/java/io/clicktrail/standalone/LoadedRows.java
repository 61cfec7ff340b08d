package io.clicktrail.standalone;

import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;

/** The rows of one file on their way into a table: written, counted, and the first refused ones shown. */
final class LoadedRows<V> {
    private static final int MAX_SHOWN = 20;

    private final TableWriter<V> writer;
    private final Terminal terminal;
    private final String unit;
    private long taken;
    private long withdrawn;
    private long refused;

    /** @param unit what a row is called */
    LoadedRows(TableWriter<V> writer, Terminal terminal, String unit) {
        this.writer = writer;
        this.terminal = terminal;
        this.unit = unit;
    }

    void take(String key, V value) {
        taken++;
        writer.put(key, value);
    }

    void withdraw(String key) {
        withdrawn++;
        writer.put(key, null);
    }

    void refuse(int number, String reason) {
        if (++refused <= MAX_SHOWN) {
            terminal.say("  " + unit + " " + number + ": " + reason);
        } else if (refused == MAX_SHOWN + 1) {
            terminal.say("  …");
        }
    }

    /**
     * Says what became of the file.
     *
     * @param ended why rows are withdrawn
     * @return number of rows that were understood
     */
    long report(Path file, String ended) {
        terminal.say(String.format(
                Locale.ROOT, "%s: %,d in force, %,d %s, %,d refused", file, taken, withdrawn, ended, refused));
        return taken + withdrawn;
    }
}
