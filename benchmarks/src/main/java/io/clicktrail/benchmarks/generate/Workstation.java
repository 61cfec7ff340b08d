package io.clicktrail.benchmarks.generate;

import java.util.Locale;
import java.util.SplittableRandom;

/** A synthetic workstation with its user, its running browser and the counters of its records. */
final class Workstation {
    private static final long FIRST_RECORD = 100_000;
    private static final String SYSTEM = "NT AUTHORITY\\\\SYSTEM";
    private static final int FIRST_PID = 4_000;

    final String name;
    final String address;
    final String user;
    final ProcessName explorer;
    final ProcessName mail;
    final ProcessName browser;
    final ProcessName service;

    private final String guidPrefix;
    private final SplittableRandom random;
    private long record = FIRST_RECORD;
    private int pid = FIRST_PID;

    Workstation(int number, SplittableRandom random, long bootSeconds) {
        this.random = random;
        name = String.format(Locale.ROOT, "ws-%05d.corp.example", number);
        address = "10." + (20 + number / 62_500) + "." + number / 250 % 250 + "." + (1 + number % 250);
        user = "CORP\\\\user" + number;
        guidPrefix = String.format(Locale.ROOT, "%08x", 0xb4000000 + number);
        explorer = process("C:\\\\Windows\\\\explorer.exe", bootSeconds);
        mail = process("C:\\\\Program Files\\\\Microsoft Office\\\\root\\\\Office16\\\\OUTLOOK.EXE", bootSeconds + 60);
        browser = process("C:\\\\Program Files\\\\Google\\\\Chrome\\\\Application\\\\chrome.exe", bootSeconds + 90);
        service = systemProcess("C:\\\\Windows\\\\System32\\\\svchost.exe", bootSeconds);
    }

    /**
     * A process of the user with a new id.
     *
     * @param image full path, escaped for JSON
     * @param seconds start time since 1970
     */
    ProcessName process(String image, long seconds) {
        return process(image, seconds, user);
    }

    /** The same for a process of the system. */
    ProcessName systemProcess(String image, long seconds) {
        return process(image, seconds, SYSTEM);
    }

    private ProcessName process(String image, long seconds, String account) {
        pid += 4 * (1 + random.nextInt(40));
        String guid = String.format(
                Locale.ROOT,
                "{%s-%04x-%04x-%02x00-0000000%05x}",
                guidPrefix,
                seconds & 0xffff,
                seconds >> 16 & 0xffff,
                1 + random.nextInt(250),
                0x10000 + random.nextInt(0xeffff));
        return new ProcessName(image, pid, guid, account);
    }

    long nextRecord() {
        return ++record;
    }

    /** The identity of a process in a record. */
    record ProcessName(String image, int pid, String guid, String user) {}
}
