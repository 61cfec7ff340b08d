package io.clicktrail.standalone;

import picocli.CommandLine.Option;

/** The port of the console. */
final class ConsoleOptions {
    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the analyst's pages on this machine (default: a free one).")
    int port;
}
