package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.UnreadableLogException;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Delays each delivery by a random time up to a bound, so that they arrive out of order. */
public final class DelayedDeliveries implements Deliveries {
    private final Deliveries onTime;
    private final long bound;
    private final SplittableRandom random;
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>(Comparator.<Delayed>comparingLong(Delayed::at).thenComparingLong(Delayed::number));
    private long number;
    private @Nullable LogDelivery upcoming;

    /** @param seed the same seed gives the same delays */
    public DelayedDeliveries(Deliveries onTime, Duration bound, long seed) throws UnreadableLogException {
        this.onTime = onTime;
        this.bound = bound.toMillis();
        random = new SplittableRandom(seed);
        upcoming = onTime.next();
    }

    @Override
    public @Nullable LogDelivery next() throws UnreadableLogException {
        while (upcoming != null && (delayed.isEmpty() || delayed.element().at() >= upcoming.at())) {
            long at = upcoming.at() + random.nextLong(bound + 1);
            delayed.add(new Delayed(upcoming.value(), at, number++));
            upcoming = onTime.next();
        }
        Delayed first = delayed.poll();
        return first == null ? null : new LogDelivery(first.value(), first.at());
    }

    @Override
    public void close() {
        onTime.close();
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Delayed(byte[] value, long at, long number) {}
}
