package io.clicktrail.benchmarks.pace;

import io.clicktrail.standalone.stack.Service;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The processor time that each service takes in this process: its stream threads and the threads of its Kafka clients,
 * which all bear its name. Looked at all the time, since a thread that has ended tells nothing.
 */
public final class Processors implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long EVERY_MILLIS = 100;

    private final Map<Long, Spent> byThread = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    private Processors() {}

    /** Begins to look; closing ends it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public static Processors watch() {
        var processors = new Processors();
        processors.looks.scheduleAtFixedRate(processors::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return processors;
    }

    /** Nanoseconds of processor time that each service has taken so far. */
    public synchronized Map<Service, Long> nanos() {
        var sums = new EnumMap<Service, Long>(Service.class);
        byThread.values().forEach(spent -> sums.merge(spent.service(), spent.nanos(), Long::sum));
        return sums;
    }

    private synchronized void look() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread == null) {
                continue;
            }
            for (Service service : Service.values()) {
                long nanos = thread.getThreadName().contains(service.group())
                        ? THREADS.getThreadCpuTime(thread.getThreadId())
                        : -1;
                if (nanos >= 0) {
                    byThread.put(thread.getThreadId(), new Spent(service, nanos));
                }
            }
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private record Spent(Service service, long nanos) {}
}
