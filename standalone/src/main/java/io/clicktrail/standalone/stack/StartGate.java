package io.clicktrail.standalone.stack;

import java.util.concurrent.CountDownLatch;
import org.springframework.context.SmartLifecycle;

/** Lets applications make their beans, but start nothing before broker, registry and reference data are there. */
final class StartGate implements SmartLifecycle {

    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile boolean open;

    /** Lets everything start, also later. */
    void open() {
        open = true;
        decided.countDown();
    }

    /** Lets nothing start that waits; their starts fail. */
    void giveUp() {
        decided.countDown();
    }

    @Override
    public void start() {
        try {
            decided.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!open) {
            throw new IllegalStateException("The stack was closed before its services could start");
        }
    }

    @Override
    public void stop() {
        // There is nothing to stop.
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    /** Before everything else. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
