package io.clicktrail.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessesIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @Test
    void aBrokerKeepsPortAndDataThroughStopAndKill() throws Exception {
        try (var broker = LocalBroker.start(LocalBroker.Options.in(folder))) {
            var address = broker.bootstrapServers();
            try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
                admin.createTopics(List.of(new NewTopic("kept", 2, (short) 1)))
                        .all()
                        .get();
            }

            broker.restart();
            broker.kill();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
                assertThat(admin.listTopics().names().get()).contains("kept");
            }
        }
    }

    @Test
    void nothingRunsAfterClose() {
        var broker = LocalBroker.start(LocalBroker.Options.in(folder.resolve("broker")));
        var registry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
        assertThat(ProcessHandle.of(broker.pid())).isPresent();
        assertThat(ProcessHandle.of(registry.pid())).isPresent();

        broker.close();
        registry.close();

        assertThat(ProcessHandle.of(broker.pid())).isEmpty();
        assertThat(ProcessHandle.of(registry.pid())).isEmpty();
    }

    @Test
    void nothingRunsAfterTheParentWasKilled() throws Exception {
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dclicktrail.registry.home=" + System.getProperty("clicktrail.registry.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> children;
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            children = output.lines()
                    .filter(line -> line.startsWith("child "))
                    .limit(2)
                    .map(line -> Long.valueOf(line.substring("child ".length())))
                    .toList();
        }
        assertThat(children).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        parent.destroyForcibly();

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(children)
                        .allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = new LocalBroker.Options(folder, taken.getLocalPort(), 256, 1 << 20, Map.of());

            assertThatThrownBy(() -> LocalBroker.start(options))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aBrokerThatDoesNotStartShowsItsLastWords() {
        var options = new LocalBroker.Options(folder, 0, 256, 1 << 20, Map.of("log.retention.ms", "soon"));

        assertThatThrownBy(() -> LocalBroker.start(options))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("The broker ended with 1")
                .hasMessageContaining("soon");
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        var options = new LocalRegistry.Options(folder, folder, 0, 128, true);

        assertThatThrownBy(() -> LocalRegistry.start(options))
                .isInstanceOf(LocalStackException.class)
                .hasMessage("There is no registry in " + folder);
        assertThat(Files.exists(folder.resolve("registry.log"))).isFalse();
    }

    /** Starts a broker and a registry, says their process ids and waits to be killed. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            var folder = Path.of(arguments[0]);
            var broker = LocalBroker.start(LocalBroker.Options.in(folder.resolve("broker")));
            var registry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
            System.out.println("child " + broker.pid());
            System.out.println("child " + registry.pid());
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }
}
