package io.clicktrail.standalone.coverage;

import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has been heard of each host, by the stage of a chain that it could show. */
public final class BlindSpots {

    private static final int HOST_WIDTH = 40;
    private static final int STAGE_WIDTH = 11;

    private final Map<String, Heard> hosts = new TreeMap<>();

    /** What one host has sent. */
    private static final class Heard {
        private final Map<EventKind, Instant> last = new EnumMap<>(EventKind.class);
        private Platform platform = Platform.UNKNOWN;

        void hear(Coverage coverage) {
            last.merge(coverage.getKind(), coverage.getLastSeen(), (a, b) -> a.isAfter(b) ? a : b);
            if (coverage.getDataset().startsWith("macos.")) {
                platform = Platform.MACOS;
            }
        }

        @Nullable
        Instant lastOf(Stage stage) {
            Instant latest = null;
            for (EventKind kind : Sensors.kindsThatShow(stage, platform)) {
                Instant seen = last.get(kind);
                if (seen != null && (latest == null || seen.isAfter(latest))) {
                    latest = seen;
                }
            }
            return latest;
        }
    }

    public void add(Coverage coverage) {
        hosts.computeIfAbsent(coverage.getHost(), host -> new Heard()).hear(coverage);
    }

    /** Adds a host that should send; where nothing was heard of it, it is blind in every stage. */
    public void expect(String host) {
        hosts.computeIfAbsent(host.toLowerCase(Locale.ROOT), absent -> new Heard());
    }

    public int hosts() {
        return hosts.size();
    }

    /**
     * A table of the hosts that could not show some stage: never heard, or silent.
     *
     * @param silent from when on a sensor counts as silent
     * @param all also the hosts without a blind spot
     */
    public List<String> lines(Instant now, Duration silent, boolean all) {
        var lines = new ArrayList<String>();
        hosts.forEach((host, heard) -> {
            var line = new StringBuilder(padded(host, HOST_WIDTH));
            boolean blind = false;
            for (Stage stage : Stage.values()) {
                Instant last = heard.lastOf(stage);
                boolean isSilent = last == null || last.isBefore(now.minus(silent));
                blind |= isSilent;
                line.append(padded(
                        last == null ? "never" : age(Duration.between(last, now)) + (isSilent ? " !" : ""),
                        STAGE_WIDTH));
            }
            if (blind || all) {
                lines.add(line.toString().stripTrailing());
            }
        });
        return lines;
    }

    /** The first line of the table. */
    public static String heading() {
        var line = new StringBuilder(padded("host", HOST_WIDTH));
        for (Stage stage : Stage.values()) {
            line.append(padded(stage.name().toLowerCase(Locale.ROOT), STAGE_WIDTH));
        }
        return line.toString().stripTrailing();
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
