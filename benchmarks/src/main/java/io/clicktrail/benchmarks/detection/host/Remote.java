package io.clicktrail.benchmarks.detection.host;

/**
 * The other end of a connection.
 *
 * @param name host name, or the address where it was reached by that
 */
public record Remote(String name, String address, int port) {

    public boolean named() {
        return !name.equals(address);
    }

    public boolean encrypted() {
        return port == 443 || port == 8443;
    }
}
