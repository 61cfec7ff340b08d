package io.clicktrail.benchmarks.faults;

import io.clicktrail.local.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay on the loopback address between a client and a server, which can be cut, stalled or slowed down while
 * connections are open. It listens for as long as it lives; the server may come and go.
 */
final class Relay implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Flow flow = Flow.FREE;

    /** How bytes pass. */
    sealed interface Flow {
        Flow FREE = new Delayed(Duration.ZERO);
        Flow CUT = new Cut();
        Flow STALLED = new Stalled();

        /** Each chunk waits; none is lost. */
        record Delayed(Duration by) implements Flow {}

        /** Open connections end, and new ones end at once. */
        record Cut() implements Flow {}

        /** Connections stay open and new ones are taken, but no byte passes until the flow changes. */
        record Stalled() implements Flow {}
    }

    /** @param target port on the loopback address; nothing needs to listen there yet */
    Relay(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(FreePort.next(), BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay-" + target).start(this::accept);
    }

    /** Port that clients connect to. */
    int port() {
        return server.getLocalPort();
    }

    synchronized void set(Flow next) {
        flow = next;
        notifyAll();
        if (next instanceof Flow.Cut) {
            open.forEach(Relay::end);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        set(Flow.CUT);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Closed, or a client that left before it was served.
            }
        }
    }

    private void connect(Socket client) {
        var upstream = new Socket();
        open.add(client);
        open.add(upstream);
        try {
            if (passes()) {
                upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                var back = Thread.ofVirtual().start(() -> pump(upstream, client));
                pump(client, upstream);
                back.join();
            }
        } catch (IOException e) {
            // The server is down: the client sees its connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(client);
            end(upstream);
            open.remove(client);
            open.remove(upstream);
        }
    }

    /** Copies until either side ends, then ends both. */
    private void pump(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0 && passes();
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of the two has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
        }
    }

    /** Waits as the flow says; false where the connection has to end. */
    private boolean passes() throws InterruptedException {
        Duration delay;
        synchronized (this) {
            while (flow instanceof Flow.Stalled) {
                wait();
            }
            if (!(flow instanceof Flow.Delayed delayed)) {
                return false;
            }
            delay = delayed.by();
        }
        Thread.sleep(delay); // the latency that the flow is to have, no wait for anything
        return true;
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
