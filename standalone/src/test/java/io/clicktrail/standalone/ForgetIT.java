package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.audit.AuditKind;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.event.EventKind;
import io.clicktrail.identity.Lease;
import io.clicktrail.schemas.Topic;
import io.clicktrail.streams.testkit.LocalStack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Removal of what is known of a host, on a real broker. */
class ForgetIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final String HOST = "ws-0042.corp.example";
    private static final String OTHER = "ws-0043.corp.example";
    private static final String CASE = "5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a01";
    private static final String OTHER_CASE = "5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a02";

    @Test
    void removesWhatNamesTheHostAndNothingElseAndRecordsThatWithoutTheName() throws Exception {
        var topics = STACK.topics("forget");
        STACK.produce(topics.alerts(), CASE, alert(CASE, HOST));
        STACK.produce(topics.alerts(), OTHER_CASE, alert(OTHER_CASE, OTHER));
        STACK.produce(topics.identities(), "ip:10.0.0.1", lease("ip:10.0.0.1", HOST));
        STACK.produce(topics.identities(), "ip:10.0.0.2", lease("ip:10.0.0.2", OTHER));
        STACK.produce(topics.coverage(), HOST, new Coverage(HOST, EventKind.DNS_QUERY, "zeek.dns", Instant.EPOCH));

        var refused = new Captured();
        assertThat(run(refused, HOST)).isEqualTo(2);
        assertThat(refused.messages()).contains("found: cases: 1, leases: 1, hosts with sensors: 1");
        assertThat(live(topics.alerts())).as("without --yes").containsOnlyKeys(CASE, OTHER_CASE);

        var captured = new Captured();
        assertThat(run(captured, HOST.toUpperCase(Locale.ROOT), "--yes")).isZero();

        assertThat(captured.messages())
                .contains("removed;")
                .contains("forget.raw.logs")
                .contains("forget.events");
        assertThat(live(topics.alerts())).containsOnlyKeys(OTHER_CASE);
        assertThat(live(topics.identities())).containsOnlyKeys("ip:10.0.0.2");
        assertThat(live(topics.coverage())).isEmpty();
        assertThat(STACK.consumeAll(topics.audit())).singleElement().satisfies(entry -> {
            assertThat(entry.value().getKind()).isEqualTo(AuditKind.ERASURE);
            assertThat(entry.value().toString()).doesNotContain(HOST).contains("cases: 1, leases: 1");
        });

        var again = new Captured();
        assertThat(run(again, HOST, "--yes")).isZero();
        assertThat(again.messages()).contains("found: cases: 0, leases: 0, hosts with sensors: 0");
        assertThat(STACK.consumeAll(topics.audit())).as("nothing was removed").hasSize(1);
    }

    private static int run(Captured captured, String host, String... more) {
        var arguments = new ArrayList<>(List.of("forget", "--host", host, "--prefix", "forget"));
        arguments.addAll(List.of("--bootstrap-servers", STACK.bootstrapServers(), "--registry", STACK.registryUrl()));
        arguments.addAll(List.of(more));
        return captured.run(arguments.toArray(String[]::new));
    }

    private static <V> Map<String, V> live(Topic<String, V> topic) {
        var live = new LinkedHashMap<String, V>();
        for (var record : STACK.consumeAll(topic)) {
            if (record.value() == null) {
                live.remove(record.key());
            } else {
                live.put(record.key(), record.value());
            }
        }
        return live;
    }

    private static Lease lease(String key, String host) {
        return Lease.newBuilder()
                .setKey(key)
                .setHost(host)
                .setFrom(Instant.EPOCH)
                .setDataset("zeek.dhcp")
                .build();
    }

    /** Any case, with the host as its title. */
    private static Alert alert(String id, String host) throws IOException {
        var schema = Alert.getClassSchema();
        var any = new RandomData(GenericData.get(), schema, 1, 20_261_130L)
                .iterator()
                .next();
        var bytes = new BinaryMessageEncoder<>(GenericData.get(), schema).encode(any);
        return Alert.newBuilder(Alert.getDecoder().decode(bytes))
                .setAlertId(id)
                .setTitle(host)
                .build();
    }
}
