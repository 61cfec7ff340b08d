package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.identity.Lease;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.time.Instant;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;

class TopologyHarnessTest {

    private static final Lease LEASE = Lease.newBuilder()
            .setKey("ip:10.0.0.7")
            .setHost("ws-7")
            .setFrom(Instant.parse("2026-03-02T10:00:00Z"))
            .setDataset("zeek.dhcp")
            .build();

    @Test
    void runsATopologyWithTheSerdesOfProduction() {
        try (var harness = new TopologyHarness((builder, topics, meters) -> builder.stream(
                        topics.identities().name(),
                        Consumed.with(
                                        topics.identities().keySerde(),
                                        topics.identities().valueSerde())
                                .withName("read-leases"))
                .filter((key, lease) -> lease.getHost().equals("ws-7"), Named.as("keep-host"))
                .to(
                        topics.coverage().name(),
                        Produced.with(
                                        topics.identities().keySerde(),
                                        topics.identities().valueSerde())
                                .withName("write-leases")))) {
            harness.input(harness.topics().identities()).pipeInput("ip:10.0.0.7", LEASE);

            assertThat(harness.driver()
                            .createOutputTopic(
                                    harness.topics().coverage().name(),
                                    harness.topics().identities().keySerde().deserializer(),
                                    harness.topics().identities().valueSerde().deserializer())
                            .readValue())
                    .isEqualTo(LEASE);
        }
    }

    @Test
    void sendsARecordWithABugToTheDeadLetters() {
        try (var harness = new TopologyHarness((builder, topics, meters) -> builder.stream(
                        topics.identities().name(),
                        Consumed.with(
                                        topics.identities().keySerde(),
                                        topics.identities().valueSerde())
                                .withName("read-leases"))
                .foreach(
                        (key, lease) -> {
                            throw new IllegalStateException("a bug");
                        },
                        Named.as("fail-always")))) {
            harness.input(harness.topics().identities()).pipeInput("ip:10.0.0.7", LEASE);

            assertThat(harness.deadLetters()
                            .readRecord()
                            .headers()
                            .lastHeader("__streams.errors.message")
                            .value())
                    .asString()
                    .isEqualTo("a bug");
        }
    }

    @Test
    void refusesUnnamedInternalTopics() {
        assertThatThrownBy(() -> new TopologyHarness((builder, topics, meters) -> builder.stream(
                                topics.identities().name(),
                                Consumed.with(
                                        topics.identities().keySerde(),
                                        topics.identities().valueSerde()))
                        .groupByKey()
                        .count()))
                .isInstanceOf(TopologyException.class);
    }
}
