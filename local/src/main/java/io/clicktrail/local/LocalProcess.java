package io.clicktrail.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Java child process that logs to a file and ends with this process. */
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
     * Starts {@code main} on a class path in a separate Java process. Its class archive is in the folder of the system
     * property {@code clicktrail.archives}, where it outlives the working folder, or else in the working folder. If the
     * system property {@code clicktrail.long-lived} is true, C2 is enabled, as for a broker in production.
     *
     * @param directory working folder with {@code <name>.log}
     */
    static LocalProcess start(
            String name, Path directory, List<String> options, String classPath, String main, List<String> arguments) {
        var archives = archives(directory);
        var archive = ClassArchive.in(archives, name);
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // C2 does not pay off in a short-lived process; a class archive makes the next start faster.
        if (!Boolean.getBoolean("clicktrail.long-lived")) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        // Classes are loaded once and stay: below this size the virtual machine collects garbage again and again.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:MetaspaceSize=160m"));
        command.addAll(archive.options());
        command.addAll(options);
        command.addAll(ParentWatchJar.command(archives, classPath, main));
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

    /** Whether a process of this name would start with a class archive. */
    static boolean hasArchive(String name, Path directory) {
        return ClassArchive.in(archives(directory), name).exists();
    }

    private static Path archives(Path directory) {
        return Path.of(System.getProperty("clicktrail.archives", directory.toString()));
    }

    /** Waits until ready; if the process ends or takes too long, the exception has the last lines of its log. */
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

    /** Terminates the process, and kills it if it does not end. */
    void stop() {
        process.destroy();
        if (ended(STOP_TIMEOUT)) {
            archive.keep();
        } else {
            kill();
        }
    }

    /** Kills the process, like {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        archive.discard();
        if (!ended(STOP_TIMEOUT)) {
            throw new LocalStackException("The " + name + " (pid " + pid() + ") can't be killed", null);
        }
    }

    /** Ends the process, whose data nobody wants: kills it unless it is to leave a class archive. */
    void discard() {
        if (archive.isWritten()) {
            stop();
        } else {
            kill();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether a process listens on a port of the loopback address. */
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
