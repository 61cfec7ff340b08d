package io.clicktrail.standalone.replay;

import io.clicktrail.engine.Engine;
import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.terminal.Progress;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.streams.health.Metric;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Plays deliveries through an engine in this process, without Kafka. */
public final class LocalReplay {

    private final Terminal terminal;

    public LocalReplay(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Delivers everything, lets all windows close and reads the results.
     *
     * @param engine with its reference data, before its first record
     * @param position bytes of the files that have been read
     * @param total bytes of the files
     */
    public Replay.Result play(Engine engine, Deliveries deliveries, LongSupplier position, long total)
            throws UnreadableLogException {
        long start = System.nanoTime();
        var refused = new RecordCounts.Refused();
        engine.listen(engine.topics().rejected(), record -> refused.add(record.headers()));
        long records = 0;
        try (Progress progress = terminal.progress("Judging", total, Progress.Unit.MEGABYTES)) {
            for (LogDelivery next = deliveries.next(); next != null; next = deliveries.next()) {
                engine.deliver(next.value(), next.at());
                records++;
                progress.at(position.getAsLong());
            }
        }
        var cases = engine.finish();
        long received = (long) Metric.RAW_RECEIVED.counter(engine.meters()).count();
        var counts = RecordCounts.of(engine.meters(), refused, records, received - records);
        return new Replay.Result(cases, counts, Duration.ofNanos(System.nanoTime() - start));
    }
}
