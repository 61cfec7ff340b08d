package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges several files in the order in which their collectors would have delivered them.
 *
 * <p>A k-way merge with a priority queue. The key of a file is the running maximum of its event times
 * ({@link FileDeliveries}), so the order inside a file stays even where its times go back; equal keys are in the order
 * of the files. A file is inserted with the time of its first dated record, and stays closed until it is first in the
 * queue. When the next record of a file has a later time, the file is inserted again with that key.
 *
 * <p>Cost: O(log files) per record, and the first records of each file are read twice, at most 1,000, and those of a
 * file whose times have no year once more. Memory: for each open file the buffer of its {@link
 * io.clicktrail.standalone.logs.RecordReader} and two records of at most {@code limit} bytes. Source: Knuth, The Art of
 * Computer Programming 3, section 5.4.1.
 */
public final class MergedDeliveries implements Deliveries {
    private static final int MAX_UNDATED_RECORDS = 1000;
    private static final Comparator<Source> BY_TURN =
            Comparator.<Source>comparingLong(source -> source.at).thenComparingInt(source -> source.number);

    private final PriorityQueue<Source> sources = new PriorityQueue<>(BY_TURN);
    private final EventTimes times;
    private final int limit;
    private long at;
    private long bytesDone;
    private long oversized;

    /**
     * @param limit greatest size of a record in bytes
     * @param start time of deliveries if no file has an event time, milliseconds since 1970
     */
    public MergedDeliveries(List<LogFile> files, int limit, EventTimes times, long start)
            throws UnreadableLogException {
        this.times = times;
        this.limit = limit;
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < files.size(); i++) {
            long first = firstTime(files.get(i), EventTimes.UNKNOWN);
            sources.add(new Source(files.get(i), i, first, EventTimes.UNKNOWN));
            if (first != EventTimes.UNKNOWN) {
                earliest = Math.min(earliest, first);
            }
        }
        at = earliest == Long.MAX_VALUE ? start : earliest;
        dateWithoutYear();
    }

    @Override
    public @Nullable LogDelivery next() throws UnreadableLogException {
        while (!sources.isEmpty()) {
            Source source = sources.remove();
            FileDeliveries file = source.open();
            LogDelivery head = source.head == null ? file.next() : source.head;
            if (head == null) {
                file.close();
                bytesDone += source.file.bytes();
                oversized += file.oversized();
                continue;
            }
            if (head.at() > source.at) {
                // Others may come first now.
                source.head = head;
                source.at = head.at();
                sources.add(source);
                continue;
            }
            source.head = null;
            sources.add(source);
            at = Math.max(at, source.at);
            return new LogDelivery(head.value(), at);
        }
        return null;
    }

    /** Bytes read of all files, before decompression. */
    public long position() {
        long position = bytesDone;
        for (Source source : sources) {
            position += source.opened == null ? 0 : source.opened.position();
        }
        return position;
    }

    /** Records in finished files that were longer than the limit and truncated. */
    public long oversized() {
        return oversized;
    }

    @Override
    public void close() {
        for (Source source : sources) {
            if (source.opened != null) {
                source.opened.close();
            }
        }
        sources.clear();
    }

    /** Times without a year are of the year that is near to the first time of the other files. */
    private void dateWithoutYear() throws UnreadableLogException {
        long near = at;
        for (Source source : List.copyOf(sources)) {
            long first = source.at == EventTimes.UNKNOWN ? firstTime(source.file, near) : EventTimes.UNKNOWN;
            if (first != EventTimes.UNKNOWN) {
                sources.remove(source);
                sources.add(new Source(source.file, source.number, first, near));
                at = Math.min(at, first);
            }
        }
    }

    private long firstTime(LogFile file, long near) throws UnreadableLogException {
        try (var deliveries = new FileDeliveries(file, limit, times, near)) {
            for (int i = 0; i < MAX_UNDATED_RECORDS; i++) {
                LogDelivery delivery = deliveries.next();
                if (delivery == null) {
                    return EventTimes.UNKNOWN;
                }
                if (delivery.at() != EventTimes.UNKNOWN) {
                    return delivery.at();
                }
            }
            return EventTimes.UNKNOWN;
        }
    }

    private final class Source {
        final LogFile file;
        final int number;
        final long near;
        long at;

        @Nullable
        FileDeliveries opened;

        @Nullable
        LogDelivery head;

        Source(LogFile file, int number, long at, long near) {
            this.near = near;
            this.file = file;
            this.number = number;
            this.at = at;
        }

        FileDeliveries open() throws UnreadableLogException {
            if (opened == null) {
                opened = new FileDeliveries(file, limit, times, near);
            }
            return opened;
        }
    }
}
