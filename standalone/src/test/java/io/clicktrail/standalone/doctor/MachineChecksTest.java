package io.clicktrail.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.standalone.doctor.CheckResult.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineChecksTest {

    @Test
    void anOldJavaIsAFaultAndARuntimeWithoutCompilerAWarning() {
        assertThat(MachineChecks.jdk(21, true)).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAULT);
            assertThat(finding.what()).isEqualTo("Java 21 runs this");
            assertThat(finding.remedy()).contains("JDK 25", "JAVA_HOME");
        });
        assertThat(MachineChecks.jdk(25, false).level()).isEqualTo(Level.WARNING);
        assertThat(MachineChecks.jdk(26, true).level()).isEqualTo(Level.GOOD);
    }

    @Test
    void aFullDiskIsAFault() {
        Path folder = Path.of("/data");

        assertThat(MachineChecks.disk(folder, 700L << 20)).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAULT);
            assertThat(finding.what()).isEqualTo("700 MB are free at " + folder);
            assertThat(finding.remedy()).startsWith("free 2 GB there");
        });
        assertThat(MachineChecks.disk(folder, 3L << 30).level()).isEqualTo(Level.GOOD);
        assertThat(MachineChecks.disk(Path.of("/no/such/folder")).level()).isEqualTo(Level.FAULT);
    }

    @Test
    void aPortThatSomethingElseHasIsAFault() throws IOException {
        int port;
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();

            assertThat(MachineChecks.port(port, "--broker-port", false)).satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.FAULT);
                assertThat(finding.remedy()).contains("ss -ltnp", "--broker-port 0");
            });
            assertThat(MachineChecks.port(port, "--broker-port", true).level()).isEqualTo(Level.GOOD);
        }
        assertThat(MachineChecks.port(port, "--broker-port", false).level()).isEqualTo(Level.GOOD);
    }

    @Test
    void aClockThatIsAheadOrBehindIsAFault() {
        assertThat(MachineChecks.clock("the registry", Duration.ofSeconds(-90))).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAULT);
            assertThat(finding.what()).isEqualTo("the clock of the registry is 90 s behind this one");
            assertThat(finding.remedy()).contains("NTP");
        });
        assertThat(MachineChecks.clock("the registry", Duration.ofSeconds(90)).what())
                .contains("90 s ahead of");
        assertThat(MachineChecks.clock("the registry", Duration.ofSeconds(3)).level())
                .isEqualTo(Level.GOOD);
    }

    @Test
    void brokersBeforeKraftAreAFault() {
        assertThat(ClusterChecks.version((short) 6, (short) 0)).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAULT);
            assertThat(finding.remedy()).contains("kafka-features.sh upgrade");
        });
        assertThat(ClusterChecks.version((short) 25, (short) 0).what()).contains("classic protocol");
        assertThat(ClusterChecks.version((short) 29, (short) 1).what()).contains("streams protocol");
    }
}
