package io.clicktrail.standalone;

import picocli.CommandLine.Option;

/** Ports of what runs on this machine. */
final class PortOptions {
    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the Kafka broker on this machine (default: a free one).")
    int broker;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the schema registry on this machine (default: a free one).")
    int registry;
}
