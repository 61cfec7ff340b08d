package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An operator's leases on a real broker. */
class LeasesIT {
    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final Instant FROM = Instant.parse("2026-10-14T06:00:00Z");

    @Test
    void aLeaseBearsTheTimeFromWhichItHoldsSoThatItIsNotAheadOfReplayedLogs(@TempDir Path folder) throws Exception {
        Topics topics = STACK.topics("leases");
        Path leases = Files.writeString(
                folder.resolve("leases.csv"), "address,10.20.5.17,mac-0017.corp.example," + FROM + "\n");
        assertThat(load("leases", leases)).isZero();

        assertThat(STACK.consumeAll(topics.identities())).singleElement().satisfies(lease -> {
            assertThat(lease.timestamp()).isEqualTo(FROM.toEpochMilli());
            assertThat(lease.value().getHost()).isEqualTo("mac-0017.corp.example");
        });
    }

    @Test
    void whatIsLoadedOrRefusedIsOnTheAuditTopic(@TempDir Path folder) throws Exception {
        Topics topics = STACK.topics("audited");
        Path good = Files.writeString(
                folder.resolve("good.csv"),
                "address,10.20.5.17,mac-0017.corp.example," + FROM + "\naddress,10.20.5.18,ws-1.corp.example," + FROM
                        + "\n");
        Path bad = Files.writeString(folder.resolve("bad.csv"), "address,10.20.5.17\n");

        assertThat(load("audited", good)).isZero();
        assertThat(load("audited", bad)).isNotZero();

        assertThat(STACK.consumeAll(topics.audit()))
                .extracting(
                        entry -> entry.value().getKind(),
                        entry -> entry.value().getOutcome(),
                        entry -> entry.value().getWho(),
                        entry -> entry.value().getCount())
                .containsExactly(
                        tuple(AuditKind.LEASES, AuditOutcome.ACCEPTED, "soc-7", 2L),
                        tuple(AuditKind.LEASES, AuditOutcome.REFUSED, "soc-7", 1L));
        assertThat(STACK.consumeAll(topics.identities())).hasSize(2);
    }

    private static int load(String prefix, Path leases) {
        return new Captured()
                .run(
                        "leases",
                        "load",
                        leases.toString(),
                        "--actor",
                        "soc-7",
                        "--prefix",
                        prefix,
                        "--bootstrap-servers",
                        STACK.bootstrapServers(),
                        "--registry",
                        STACK.registryUrl());
    }
}
