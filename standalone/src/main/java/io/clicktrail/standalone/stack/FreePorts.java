package io.clicktrail.standalone.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
final class FreePorts {

    private FreePorts() {}

    /**
     * The port if it is free, or a free one for 0.
     *
     * @param option the option that chooses another one
     * @throws StackException if the port is taken
     */
    static int free(int port, String option) throws StackException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StackException(
                    port == 0
                            ? "there is no free port: " + e.getMessage()
                            : "port " + port + " is taken; choose another one with " + option + ", or 0 for a free one",
                    e);
        }
    }
}
