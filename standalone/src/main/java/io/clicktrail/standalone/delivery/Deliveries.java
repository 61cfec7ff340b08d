package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Deliveries one after the other; the moments never go back. */
public interface Deliveries extends Closeable {

    /**
     * The next delivery, or null after the last one.
     *
     * @throws UnreadableLogException if a file breaks off or turns out to be damaged
     */
    @Nullable
    LogDelivery next() throws UnreadableLogException;

    @Override
    void close();
}
