package io.clicktrail.local;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes of this machine that are started later, or again: none is given twice, and all are below those
 * that Linux, macOS and Windows give to outgoing connections, so that no connection takes one in between.
 */
public final class FreePort {

    static final int FIRST = 10_000;
    static final int LAST = 32_767;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port on which nothing listens.
     *
     * @return {@value #FIRST} to {@value #LAST}
     * @throws LocalStackException if there is none left
     */
    public static int next() {
        for (int left = LAST - FIRST; left >= 0; left--) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new LocalStackException("No free port from " + FIRST + " to " + LAST, null);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
