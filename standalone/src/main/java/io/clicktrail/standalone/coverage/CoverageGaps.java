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

/** When each host last sent events for each stage of a chain, and which stages no sensor of it covers. */
public final class CoverageGaps {

    private static final int HOST_WIDTH = 40;
    private static final int STAGE_WIDTH = 11;

    private final Map<String, HostCoverage> hosts = new TreeMap<>();

    /** The last events of one host, by kind. */
    private static final class HostCoverage {
        private final Map<EventKind, Instant> last = new EnumMap<>(EventKind.class);
        private Platform platform = Platform.UNKNOWN;

        void add(Coverage coverage) {
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
        hosts.computeIfAbsent(coverage.getHost(), host -> new HostCoverage()).add(coverage);
    }

    /** Adds a host that is expected to send events; without any, every stage is a gap. */
    public void expect(String host) {
        hosts.computeIfAbsent(host.toLowerCase(Locale.ROOT), absent -> new HostCoverage());
    }

    public int hosts() {
        return hosts.size();
    }

    /**
     * A table of the hosts with a gap: a stage without events, or without recent ones.
     *
     * @param silent age from which the last event counts as a gap
     * @param all whether to include hosts without a gap
     */
    public List<String> lines(Instant now, Duration silent, boolean all) {
        var lines = new ArrayList<String>();
        hosts.forEach((host, coverage) -> {
            var line = new StringBuilder(padded(host, HOST_WIDTH));
            boolean hasGap = false;
            for (Stage stage : Stage.values()) {
                Instant last = coverage.lastOf(stage);
                boolean isSilent = last == null || last.isBefore(now.minus(silent));
                hasGap |= isSilent;
                line.append(padded(
                        last == null ? "never" : age(Duration.between(last, now)) + (isSilent ? " !" : ""),
                        STAGE_WIDTH));
            }
            if (hasGap || all) {
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
