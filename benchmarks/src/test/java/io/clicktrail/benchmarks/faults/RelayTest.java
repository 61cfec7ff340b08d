package io.clicktrail.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final int SHORT_MILLIS = 200;
    private static final int LONG_MILLIS = 10_000;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket server;

    @SuppressWarnings("NullAway.Init")
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        relay = new Relay(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        try (var client = client();
                var served = server.accept()) {
            client.getOutputStream().write('a');
            assertThat(served.getInputStream().read()).isEqualTo('a');
            served.getOutputStream().write('b');
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void aCutEndsWhatIsOpenAndWhatIsNew() throws IOException {
        try (var client = client();
                var served = server.accept()) {
            relay.set(Relay.Flow.CUT);
            assertThat(readsEnd(client)).isTrue();
            assertThat(readsEnd(served)).isTrue();
            try (var next = client()) {
                assertThat(readsEnd(next)).isTrue();
            }
        }
    }

    @Test
    void aStallKeepsBytesUntilItIsOver() throws IOException {
        try (var client = client();
                var served = server.accept()) {
            relay.set(Relay.Flow.STALLED);
            client.getOutputStream().write('a');
            served.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            relay.set(Relay.Flow.FREE);
            served.setSoTimeout(LONG_MILLIS);
            assertThat(served.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void aDelayedByteComesLate() throws IOException {
        try (var client = client();
                var served = server.accept()) {
            relay.set(new Relay.Flow.Delayed(Duration.ofMillis(SHORT_MILLIS)));
            long began = System.nanoTime();
            client.getOutputStream().write('a');
            assertThat(served.getInputStream().read()).isEqualTo('a');
            assertThat(System.nanoTime() - began)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(SHORT_MILLIS).toNanos());
        }
    }

    private Socket client() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        client.setSoTimeout(LONG_MILLIS);
        return client;
    }

    private static boolean readsEnd(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }
}
