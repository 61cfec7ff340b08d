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
 * CPU time of each service in this process: its stream threads and the threads of its Kafka clients, whose names
 * contain the service's group. It is sampled every 100 ms, since a thread that has ended reports none.
 */
public final class CpuTime implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long EVERY_MILLIS = 100;

    private final Map<Long, Spent> byThread = new HashMap<>();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    private CpuTime() {}

    /** Starts sampling; {@link #close} stops it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public static CpuTime sample() {
        var cpu = new CpuTime();
        cpu.sampler.scheduleAtFixedRate(cpu::sampleAll, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return cpu;
    }

    /** CPU time of each service so far in nanoseconds. */
    public synchronized Map<Service, Long> nanos() {
        var sums = new EnumMap<Service, Long>(Service.class);
        byThread.values().forEach(spent -> sums.merge(spent.service(), spent.nanos(), Long::sum));
        return sums;
    }

    private synchronized void sampleAll() {
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
        sampler.shutdownNow();
    }

    private record Spent(Service service, long nanos) {}
}
