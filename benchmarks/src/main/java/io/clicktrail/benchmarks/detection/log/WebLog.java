package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Remote;

/** Whether the hosts of a simulated site reach the Internet directly or through a logging proxy. */
public enum WebLog {
    DIRECT,
    PROXY;

    static final String PROXY_ADDRESS = "10.20.0.8";
    private static final int PROXY_PORT = 3128;

    boolean proxied() {
        return this == PROXY;
    }

    /** The address that the endpoint itself connects to. */
    String address(Remote remote) {
        return proxied() ? PROXY_ADDRESS : remote.address();
    }

    int port(Remote remote) {
        return proxied() ? PROXY_PORT : remote.port();
    }
}
