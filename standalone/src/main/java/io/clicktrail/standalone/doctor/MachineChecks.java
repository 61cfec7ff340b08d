package io.clicktrail.standalone.doctor;

import io.clicktrail.standalone.doctor.CheckResult.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** This machine: JDK, disk, ports, and its clock against another one. */
public final class MachineChecks {

    /** The JDK that Clicktrail needs. */
    public static final int JDK = 25;

    /** A demo needs some hundred megabytes; a broker that runs out of disk stops. */
    static final long MIN_FREE_BYTES = 2L << 30;

    /** Sensors and services compare times; more is not the delay of an answer. */
    static final Duration MAX_SKEW = Duration.ofSeconds(5);

    private static final int CONNECT_MS = 500;

    private MachineChecks() {}

    /** @param release feature release of the Java that runs */
    public static CheckResult jdk(int release, boolean compiler) {
        if (release < JDK) {
            return CheckResult.fault(
                    Check.JDK,
                    "Java " + release + " runs this",
                    "install a JDK " + JDK
                            + " and point JAVA_HOME at it: https://adoptium.net/temurin/releases/?version=" + JDK);
        }
        return compiler
                ? CheckResult.good(Check.JDK, "JDK " + release)
                : CheckResult.warning(
                        Check.JDK,
                        "Java " + release + " is a runtime without compiler",
                        "a build from the sources needs a JDK: install one and point JAVA_HOME at it");
    }

    /** @param free usable bytes where the folder is */
    public static CheckResult disk(Path folder, long free) {
        String what = (free >> 20) + " MB are free at " + folder;
        return free < MIN_FREE_BYTES
                ? CheckResult.fault(
                        Check.DISK,
                        what,
                        "free " + (MIN_FREE_BYTES >> 30) + " GB there, or choose another folder with './clicktrail up"
                                + " --data DIR' or -Djava.io.tmpdir in CLICKTRAIL_OPTS")
                : CheckResult.good(Check.DISK, what);
    }

    /** The same for the disk as it is. */
    public static CheckResult disk(Path folder) {
        try {
            return disk(folder, Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return CheckResult.fault(
                    Check.DISK, "the disk of " + folder + " can't be read: " + e.getMessage(), "choose another folder");
        }
    }

    /**
     * A port on which {@code ./clicktrail up} would listen.
     *
     * @param option of {@code up} that chooses another one
     * @param ours whether what answers there is what belongs there
     */
    public static CheckResult port(int port, String option, boolean ours) {
        if (ours || !listens(port)) {
            return CheckResult.good(
                    Check.PORTS, "port " + port + (ours ? " is served by Clicktrail's own" : " is free"));
        }
        return CheckResult.fault(
                Check.PORTS,
                "port " + port + " is taken by something else",
                "stop it ('ss -ltnp sport = :" + port + "' names it), or start with './clicktrail up " + option
                        + " 0'");
    }

    /**
     * This clock against another one.
     *
     * @param of whose clock the other one is
     * @param ahead how far the other one is ahead; negative if behind
     */
    public static CheckResult clock(String of, Duration ahead) {
        if (ahead.abs().compareTo(MAX_SKEW) <= 0) {
            return CheckResult.good(Check.CLOCK, "the clock of " + of + " agrees with this one");
        }
        return CheckResult.fault(
                Check.CLOCK,
                "the clock of " + of + " is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " this one",
                "synchronise both with NTP ('timedatectl status', 'chronyc tracking'): what waits or expires goes by"
                        + " these clocks");
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
