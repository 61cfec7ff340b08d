package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.RecordReader;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file in their order, each delivered at the running maximum of the event times.
 *
 * <p>One record with a wrong clock must not move all later ones into the future: a leap of more than a day is ignored
 * if the next record is before it by more than a day.
 */
final class FileDeliveries implements Deliveries {
    private static final long LEAP = Duration.ofDays(1).toMillis();

    private final LogFile file;
    private final RecordReader reader;
    private final EventTimes times;
    private final long near;
    private long at = EventTimes.UNKNOWN;
    private byte @Nullable [] ahead;
    private long aheadTime;

    /**
     * @param limit greatest size of a record in bytes
     * @param near as of {@link EventTimes#latest}
     */
    FileDeliveries(LogFile file, int limit, EventTimes times, long near) throws UnreadableLogException {
        this.file = file;
        this.times = times;
        this.near = near;
        reader = file.open(limit);
        readAhead();
    }

    @Override
    public @Nullable LogDelivery next() throws UnreadableLogException {
        byte[] record = ahead;
        if (record == null) {
            return null;
        }
        long time = aheadTime;
        readAhead();
        boolean leap = at == EventTimes.UNKNOWN || time > at + LEAP;
        boolean contradicted = aheadTime != EventTimes.UNKNOWN && time > aheadTime + LEAP;
        if (time > at && !(leap && contradicted)) {
            at = time;
        }
        return new LogDelivery(record, at);
    }

    long position() {
        return reader.position();
    }

    long oversized() {
        return reader.oversized();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            // Closing a file that was only read loses nothing.
        }
    }

    private void readAhead() throws UnreadableLogException {
        try {
            ahead = reader.read();
        } catch (IOException e) {
            close();
            throw UnreadableLogException.in(file.path(), e);
        }
        aheadTime = ahead == null ? EventTimes.UNKNOWN : times.latest(ahead, near);
    }
}
