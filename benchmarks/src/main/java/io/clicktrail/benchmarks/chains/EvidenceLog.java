package io.clicktrail.benchmarks.chains;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The evidence of a {@link SysmonLog}, as normalizer and enricher make it. Each host has a scenario every 20 minutes,
 * as in a log of which one percent can be part of a chain; most of the rest of that log, which is no evidence, is left
 * out.
 */
public final class EvidenceLog {

    /** With this time between records, and all of them in scenarios, there are as many scenarios as in a usual log. */
    private static final long MILLIS_BETWEEN_RECORDS =
            (long) (SysmonLog.MILLIS_BETWEEN_RECORDS_OF_A_HOST / SysmonLog.CHAIN_SHARE);

    private static final int BLOCK = 1_000;

    private final SysmonLog log;
    private final List<Long> completed = new ArrayList<>();
    private long written;
    private long last;

    /**
     * A log.
     *
     * @param hosts number of workstations, 1 to 1,000,000
     * @param seed the same seed gives the same evidence
     */
    public EvidenceLog(int hosts, long seed) {
        log = new SysmonLog(hosts, 1, SysmonLog.START, MILLIS_BETWEEN_RECORDS, seed);
    }

    /** Makes at least so many pieces of evidence, in the order of their arrival. */
    public void write(long least, Consumer<EvidenceArrival> out) throws IOException {
        var settings = EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s"));
        try (var engine = Engine.handingOver(settings, revision -> {})) {
            engine.listen(engine.topics().evidence(), record -> take(record, out));
            while (written < least) {
                log.write(BLOCK, (at, line, domain) -> {
                    engine.deliver(Arrays.copyOf(line, line.length - 1), at);
                    last = at;
                    if (domain != null) {
                        completed.add(at);
                    }
                });
            }
        }
    }

    /** Whether it is about something that happened on a host, and counts under its host key. */
    public static boolean counts(Evidence evidence) {
        return evidence.getEvent().getKind() != EventKind.HEARTBEAT
                && evidence.getMovedTo() == null
                && !evidence.getWithdrawn();
    }

    /** Number of pieces so far. */
    public long written() {
        return written;
    }

    /** Time of the last record, milliseconds since 1970. */
    public long last() {
        return last;
    }

    /** Number of chains whose click, egress and write were complete in the last so many milliseconds. */
    public long completedInTheLast(long millis) {
        return completed.stream().filter(at -> at > last - millis).count();
    }

    private void take(Record<String, Evidence> record, Consumer<EvidenceArrival> out) {
        if (counts(record.value())) {
            written++;
            out.accept(new EvidenceArrival(record.timestamp(), record.value()));
        }
    }
}
