package io.clicktrail.benchmarks.throughput;

import io.clicktrail.benchmarks.processor.ProcessTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of the services in this process and of the broker's process, without their JIT compilers.
 *
 * <p>A thread belongs to the service whose group is in its name: stream threads and the threads of their Kafka clients.
 * What is left of this process after the compilers and the benchmark's own threads is the share of the collector and
 * the rest of the virtual machine. Threads are sampled every 100 ms, since a thread that has ended reports nothing: at
 * most that much of a compiler thread that ends is missing, and counts as work. Needs Linux's {@code /proc}.
 */
final class ProcessorTime implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long EVERY_MILLIS = 100;

    /** Threads of the benchmark in this process: its main thread, the sampler, its producers and admin clients. */
    private static final List<String> OWN = List.of("main", "sample-threads", "| producer-", "| adminclient-");

    private final List<String> groups;
    private final long broker;
    private final Map<Long, Spent> here = new HashMap<>();
    private final ProcessTime processes = new ProcessTime();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sample-threads").daemon().factory());

    private record Spent(String owner, long nanos) {}

    /**
     * Nanoseconds so far.
     *
     * @param services by group, in the order of the pipeline
     * @param machine collector and rest of the virtual machine of the services
     * @param broker the broker's process
     */
    record Reading(Map<String, Long> services, long machine, long broker) {

        /** What was spent since an earlier reading. */
        Reading since(Reading before) {
            var spent = new LinkedHashMap<String, Long>();
            services.forEach((group, nanos) -> spent.put(group, nanos - before.services.getOrDefault(group, 0L)));
            return new Reading(spent, machine - before.machine, broker - before.broker);
        }

        /** Services and virtual machine, without the broker. */
        long process() {
            return services.values().stream().mapToLong(Long::longValue).sum() + machine;
        }
    }

    /**
     * Starts sampling; {@link #close} stops it.
     *
     * @param groups of the services
     * @param broker id of the broker's process
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    ProcessorTime(List<String> groups, long broker) {
        this.groups = List.copyOf(groups);
        this.broker = broker;
        sampler.scheduleAtFixedRate(this::sample, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized Reading read() {
        sample();
        var services = new LinkedHashMap<String, Long>();
        groups.forEach(group -> services.put(group, spentBy(group)));
        long machine = processes.work(ProcessHandle.current().pid())
                - spentBy("")
                - services.values().stream().mapToLong(Long::longValue).sum();
        return new Reading(services, machine, processes.work(broker));
    }

    @Override
    public void close() {
        sampler.shutdownNow();
    }

    private long spentBy(String owner) {
        return here.values().stream()
                .filter(spent -> spent.owner().equals(owner))
                .mapToLong(Spent::nanos)
                .sum();
    }

    private synchronized void sample() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long nanos = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
            @Nullable String owner = thread == null ? null : ownerOf(thread.getThreadName());
            if (thread != null && nanos >= 0 && owner != null) {
                here.put(thread.getThreadId(), new Spent(owner, nanos));
            }
        }
        processes.sample(ProcessHandle.current().pid());
        processes.sample(broker);
    }

    /** A group, nothing for the benchmark itself, null for the virtual machine and libraries. */
    private @Nullable String ownerOf(String thread) {
        for (String group : groups) {
            if (thread.contains(group)) {
                return group;
            }
        }
        return OWN.stream().anyMatch(thread::contains) ? "" : null;
    }
}
