package io.clicktrail.benchmarks.peers;

import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.local.ParentWatchJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A system in a process of its own; all have the same heap and collector. */
final class PeerProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 60;
    private static final int LAST_LINES = 30;

    private final Process process;
    private final Path log;

    PeerProcess(PeerSystem system, PeerOptions options, String settling, Path folder) throws IOException {
        log = folder.resolve(options.group() + ".log");
        Files.createDirectories(Path.of(options.state()));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/clicktrail/benchmarks/peers/logback.xml",
                "-Dlogging.config=classpath:io/clicktrail/benchmarks/peers/logback.xml",
                "-Dclicktrail.parent.grace.seconds=" + STOP_SECONDS));
        command.addAll(system.virtualMachineOptions());
        command.addAll(ParentWatchJar.command(folder, classPath(system), system.main()));
        command.addAll(system.arguments(options, settling, freePort()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Flink has a class path with its own RocksDB, whose classes have the same names as those of Kafka Streams, and
     * with the Kafka client that its connector needs.
     */
    private static String classPath(PeerSystem system) throws IOException {
        if (system != PeerSystem.FLINK) {
            return System.getProperty("java.class.path");
        }
        Path built = Path.of(System.getProperty("clicktrail.root"), "benchmarks", "peers", "target");
        Path client = built.resolve("flink").resolve("kafka-clients.jar");
        return client + ":" + built.resolve("peers.jar") + ":"
                + Files.readString(built.resolve("classpath-flink")).strip();
    }

    long pid() {
        return process.pid();
    }

    /** @throws IOException with the end of its log if it has ended */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException("ended with " + process.exitValue() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
    }

    /** Greatest resident memory so far, bytes. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
