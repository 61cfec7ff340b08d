package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Deliveries in order of time. */
public interface Deliveries extends Closeable {

    /**
     * The next delivery, or null after the last one.
     *
     * @throws UnreadableLogException if a file is truncated or damaged
     */
    @Nullable
    LogDelivery next() throws UnreadableLogException;

    @Override
    void close();
}
