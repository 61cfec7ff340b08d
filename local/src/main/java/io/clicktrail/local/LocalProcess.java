package io.clicktrail.local;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Java process of ours that writes to a file, ends with us, and can be waited for. */
final class LocalProcess {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int CONNECT_TIMEOUT_MILLIS = 1000;
    private static final int LINES_IN_MESSAGE = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final ClassArchive archive;

    private LocalProcess(String name, Process process, Path log, ClassArchive archive) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.archive = archive;
    }

    /**
     * Starts {@code main} on a class path in a Java of its own. Its class archive lies in the folder that the system
     * property {@code clicktrail.archives} names, where it outlives the working folder, or else in that. Where the
     * system property {@code clicktrail.long-lived} is true it has both compilers, as a broker in production has.
     *
     * @param directory working folder, holds {@code <name>.log}
     */
    static LocalProcess start(
            String name, Path directory, List<String> options, String classPath, String main, List<String> arguments) {
        var archives = Path.of(System.getProperty("clicktrail.archives", directory.toString()));
        var archive = ClassArchive.in(archives, name);
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // A short life does not repay the second compiler; a shared archive spares the next start its class loading.
        if (!Boolean.getBoolean("clicktrail.long-lived")) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(archive.options());
        command.addAll(options);
        var leash = ParentWatchJar.in(archives).toString();
        command.addAll(List.of("-cp", leash + File.pathSeparator + classPath, ParentWatch.class.getName(), main));
        command.addAll(arguments);
        try {
            Files.createDirectories(directory);
            var log = directory.resolve(name + ".log");
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new LocalProcess(name, process, log, archive);
        } catch (IOException e) {
            throw new LocalStackException("Can't start the " + name + " in " + directory, e);
        }
    }

    /** Waits until ready; a process that ends or takes too long is an error that shows the last lines it wrote. */
    void await(BooleanSupplier ready, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > end) {
                kill();
                throw new LocalStackException(
                        "The " + name + " was not ready after " + timeout.toSeconds() + " s; " + lastLines(), null);
            }
            try {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new LocalStackException(
                            "The " + name + " ended with " + process.exitValue() + "; " + lastLines(), null);
                }
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
                throw new LocalStackException("Interrupted while the " + name + " was starting", e);
            }
        }
    }

    /** Asks the process to end, and ends it if it does not. */
    void stop() {
        process.destroy();
        if (ended(STOP_TIMEOUT)) {
            archive.keep();
        } else {
            kill();
        }
    }

    /** Ends the process on the spot, like {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        archive.discard();
        if (!ended(STOP_TIMEOUT)) {
            throw new LocalStackException("The " + name + " (pid " + pid() + ") can't be killed", null);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether something listens on a port of the loopback address. */
    static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void requireFree(int port) {
        if (listens(port)) {
            throw new LocalStackException("The port " + port + " is taken", null);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalStackException("No free port", e);
        }
    }

    private boolean ended(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            var last = lines.subList(Math.max(0, lines.size() - LINES_IN_MESSAGE), lines.size());
            return log + " ends with:\n" + String.join("\n", last);
        } catch (IOException e) {
            return "see " + log;
        }
    }
}
