package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.identity.Lease;
import io.clicktrail.streams.testkit.LocalStack;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoundTripIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    @Test
    void whatIsWrittenIsReadBack() {
        var topics = STACK.topics("round-trip");
        var lease = Lease.newBuilder()
                .setKey("ip:10.0.0.7")
                .setHost("ws-7")
                .setFrom(Instant.parse("2026-03-02T10:00:00Z"))
                .setDataset("zeek.dhcp")
                .build();

        STACK.produce(topics.identities(), "ip:10.0.0.7", lease);

        assertThat(STACK.consume(topics.identities(), 1)).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("ip:10.0.0.7");
            assertThat(record.value()).isEqualTo(lease);
        });
    }
}
