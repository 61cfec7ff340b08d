package io.clicktrail.enricher.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LoadIntelTest {

    /** Kafka Streams makes one more processor to check the supplier, and a second gauge of a name is ignored. */
    @Test
    void leavesTheGaugeToTheTopology() {
        var meters = new SimpleMeterRegistry();

        new LoadIntel(new IntelTable(1), meters);

        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly(Metric.INTEL_REFUSED.id());
    }
}
