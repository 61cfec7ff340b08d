package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.state.KeyValueStore;

/** How many chains are open in one partition, shown for as long as this process has it. */
final class OpenChainGauge implements AutoCloseable {

    private final MeterRegistry meters;
    private final Gauge gauge;
    private volatile long open;

    OpenChainGauge(MeterRegistry meters, int partition, KeyValueStore<String, HostState> hosts) {
        this.meters = meters;
        long found = 0;
        try (var all = hosts.all()) {
            while (all.hasNext()) {
                found += all.next().value.chains().size();
            }
        }
        open = found;
        gauge = Metric.CHAINS_OPEN.gauge(meters, () -> open, "partition", Integer.toString(partition));
    }

    /** A host has gone from one state to another; only the partition's own thread says so. */
    void changed(HostState before, HostState after) {
        int more = after.chains().size() - before.chains().size();
        if (more != 0) {
            open = open + more;
        }
    }

    @Override
    public void close() {
        meters.remove(gauge);
    }
}
