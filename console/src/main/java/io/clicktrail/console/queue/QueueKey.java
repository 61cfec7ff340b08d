package io.clicktrail.console.queue;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The place of a case in the queue: open before closed, then by tier and severity from the top, then the older first.
 * It is written into a page's address, so a page starts after it even when its case is gone.
 */
record QueueKey(boolean closed, int tier, int severity, long createdMillis, String alertId)
        implements Comparable<QueueKey> {

    /** Before all closed cases. */
    static final QueueKey FIRST_CLOSED = new QueueKey(true, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, "");

    private static final int MAX_LENGTH = 120;

    private static final Comparator<QueueKey> ORDER = Comparator.comparing(QueueKey::closed)
            .thenComparing(QueueKey::tier, Comparator.reverseOrder())
            .thenComparing(QueueKey::severity, Comparator.reverseOrder())
            .thenComparingLong(QueueKey::createdMillis)
            .thenComparing(QueueKey::alertId);

    static QueueKey of(CaseRow row) {
        Instant created = row.created();
        return new QueueKey(row.closed(), row.tier(), row.severity().ordinal(), created.toEpochMilli(), row.alertId());
    }

    /** Reads what {@link #toString} wrote; null for anything else. */
    static @Nullable QueueKey parse(String text) {
        String[] parts = text.split("_", -1);
        if (parts.length != 5 || text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return new QueueKey(
                    parts[0].equals("1"),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Long.parseLong(parts[3]),
                    parts[4]);
        } catch (NumberFormatException notAKey) {
            return null;
        }
    }

    @Override
    public int compareTo(QueueKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (closed ? "1" : "0") + "_" + tier + "_" + severity + "_" + createdMillis + "_" + alertId;
    }
}
