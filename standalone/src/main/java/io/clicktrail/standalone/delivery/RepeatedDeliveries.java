package io.clicktrail.standalone.delivery;

import io.clicktrail.standalone.logs.UnreadableLogException;
import org.jspecify.annotations.Nullable;

/** Every delivery twice, as from a collector that missed the first acknowledgement. */
public final class RepeatedDeliveries implements Deliveries {
    private final Deliveries once;
    private @Nullable LogDelivery again;

    public RepeatedDeliveries(Deliveries once) {
        this.once = once;
    }

    @Override
    public @Nullable LogDelivery next() throws UnreadableLogException {
        LogDelivery second = again;
        if (second != null) {
            again = null;
            return second;
        }
        again = once.next();
        return again;
    }

    @Override
    public void close() {
        once.close();
    }
}
