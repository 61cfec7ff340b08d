package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.UnreadableLogException;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Deliveries that each come late by a random time up to a bound, so that they overtake each other. */
public final class DelayedDeliveries implements Deliveries {
    private final Deliveries onTime;
    private final long bound;
    private final SplittableRandom random;
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.<Held>comparingLong(Held::at).thenComparingLong(Held::number));
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
        while (upcoming != null && (held.isEmpty() || held.element().at() >= upcoming.at())) {
            long at = upcoming.at() + random.nextLong(bound + 1);
            held.add(new Held(upcoming.value(), at, number++));
            upcoming = onTime.next();
        }
        Held first = held.poll();
        return first == null ? null : new LogDelivery(first.value(), first.at());
    }

    @Override
    public void close() {
        onTime.close();
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Held(byte[] value, long at, long number) {}
}
