package io.clicktrail.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void isNeverGivenTwice() {
        assertThat(IntStream.range(0, 2_000).mapToObj(number -> FreePort.next()))
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= FreePort.FIRST && port <= FreePort.LAST);
    }

    @Test
    void canBeListenedOn() throws Exception {
        int port = FreePort.next();

        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
