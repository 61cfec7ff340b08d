package io.clicktrail.benchmarks.detection.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A workstation on one day: its names and addresses, and counters that its sensors share. */
public final class Machine {
    private static final int FIRST_PID = 1200;

    private final OperatingSystem system;
    private final String name;
    private final Person person;
    private final String address;
    private final String mac;
    private final Duration skew;
    private final SplittableRandom random;
    private final String id;
    private int pid;
    private String workingDirectory;
    private int version = 900;
    private long serial;

    /**
     * @param name short name
     * @param skew how far the clock of its endpoint sensors is ahead
     */
    public Machine(
            OperatingSystem system,
            String name,
            Person person,
            String address,
            Duration skew,
            SplittableRandom random) {
        this.system = system;
        this.name = name;
        this.person = person;
        this.address = address;
        this.skew = skew;
        this.random = random;
        mac = String.format(
                Locale.ROOT, "3c:52:82:%02x:%02x:%02x", random.nextInt(256), random.nextInt(256), random.nextInt(256));
        id = hex(40);
        pid = FIRST_PID + random.nextInt(2000);
        workingDirectory = home();
        serial = 10_000 + random.nextInt(800_000);
    }

    public OperatingSystem system() {
        return system;
    }

    /** Short name, lower case. */
    public String name() {
        return name;
    }

    /** Name with its domain. */
    public String qualifiedName() {
        return name + ".corp.example";
    }

    public Person person() {
        return person;
    }

    /** Folder of the person, without a separator at its end. */
    public String home() {
        return switch (system) {
            case WINDOWS -> "C:\\Users\\" + person.login();
            case LINUX -> "/home/" + person.login();
            case MACOS -> "/Users/" + person.login();
        };
    }

    /** Where programs are started. */
    public String workingDirectory() {
        return workingDirectory;
    }

    public void workingDirectory(String folder) {
        workingDirectory = folder;
    }

    public String address() {
        return address;
    }

    public String mac() {
        return mac;
    }

    /** The endpoint sensor's own identifier. */
    public String id() {
        return id;
    }

    /** What the machine's clock shows. */
    public Instant clock(Instant at) {
        return at.plus(skew);
    }

    public SplittableRandom random() {
        return random;
    }

    /** Of the next record of a sensor. */
    public long nextSerial() {
        serial += 1 + random.nextInt(5);
        return serial;
    }

    public int nextPort() {
        return 49_152 + random.nextInt(16_000);
    }

    public String hex(int digits) {
        var text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    public Program start(Instant at, String image, String commandLine, @Nullable Program parent) {
        pid += 4 * (1 + random.nextInt(40));
        version += 1 + random.nextInt(9);
        String seconds = String.format(Locale.ROOT, "%08x", clock(at).getEpochSecond());
        String guid = id.substring(0, 8) + "-" + seconds.substring(4) + "-" + seconds.substring(0, 4) + "-" + hex(4)
                + "-" + String.format(Locale.ROOT, "%012x", pid * 65_536L + version);
        return new Program(pid, version, clock(at), image, commandLine, words(commandLine), guid, parent, "");
    }

    /** A command line as a shell takes it apart; quotes hold words together. */
    static List<String> words(String commandLine) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        boolean open = false;
        for (int i = 0; i < commandLine.length(); i++) {
            char each = commandLine.charAt(i);
            if (quote != 0) {
                if (each == quote) {
                    quote = 0;
                } else {
                    word.append(each);
                }
            } else if (each == '"' || each == '\'') {
                quote = each;
                open = true;
            } else if (each == ' ') {
                if (open || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                open = false;
            } else {
                word.append(each);
            }
        }
        if (open || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
