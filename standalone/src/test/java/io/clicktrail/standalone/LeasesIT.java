package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

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
        String[] load = {
            "leases",
            "load",
            leases.toString(),
            "--prefix",
            "leases",
            "--bootstrap-servers",
            STACK.bootstrapServers(),
            "--registry",
            STACK.registryUrl()
        };

        assertThat(new Captured().run(load)).isZero();

        assertThat(STACK.consumeAll(topics.identities())).singleElement().satisfies(lease -> {
            assertThat(lease.timestamp()).isEqualTo(FROM.toEpochMilli());
            assertThat(lease.value().getHost()).isEqualTo("mac-0017.corp.example");
        });
    }
}
