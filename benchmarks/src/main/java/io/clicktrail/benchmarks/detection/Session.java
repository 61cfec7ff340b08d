package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import io.clicktrail.benchmarks.detection.host.Remote;
import io.clicktrail.benchmarks.detection.host.WebActivity;
import io.clicktrail.benchmarks.detection.log.LogCollector;
import io.clicktrail.benchmarks.detection.log.Sensor;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A person's day at a machine: programs run, time passes, and the sensors write what they see of it. */
final class Session {
    private static final Duration KEPT_ALIVE = Duration.ofMinutes(2);

    private final Machine machine;
    private final DesktopApplication browser;
    private final List<Sensor> sensors;
    private final LogCollector logs;
    private final SplittableRandom random;
    private final Map<String, Program> running = new HashMap<>();
    private final Map<String, Instant> reached = new HashMap<>();

    /** URLs that the marks of files name, by path. */
    private final Map<String, String> origins = new HashMap<>();

    private final Set<VisibleStage> seen = EnumSet.noneOf(VisibleStage.class);
    private Instant now;
    private boolean quic;
    private @Nullable Program root;

    /** @param sensors all that see this machine, its network's and the organisation's too */
    Session(Machine machine, DesktopApplication browser, List<Sensor> sensors, LogCollector logs, Instant start) {
        this.machine = machine;
        this.browser = browser;
        this.sensors = List.copyOf(sensors);
        this.logs = logs;
        random = machine.random();
        now = start;
    }

    Machine machine() {
        return machine;
    }

    DesktopApplication browserApplication() {
        return browser;
    }

    Instant now() {
        return now;
    }

    /** Time goes on to this moment, never back. */
    void until(Instant at) {
        if (at.isAfter(now)) {
            now = at;
        }
    }

    /** Lets some time between the two bounds pass, in seconds. */
    void pause(double least, double most) {
        now = now.plusMillis((long) (1000 * (least + (most - least) * random.nextDouble())));
    }

    /** From now on the browser speaks QUIC, or no longer. */
    void speakQuic(boolean on) {
        quic = on;
    }

    /** Stages that a log has shown since {@link #forget}. */
    Set<VisibleStage> seen() {
        return seen.isEmpty() ? EnumSet.noneOf(VisibleStage.class) : EnumSet.copyOf(seen);
    }

    void forget() {
        seen.clear();
    }

    /** True where a log shows it. */
    boolean emit(Activity activity) {
        boolean shown = false;
        for (Sensor sensor : sensors) {
            shown |= sensor.record(activity, machine, logs);
        }
        return shown;
    }

    void emit(Activity activity, VisibleStage stage) {
        if (emit(activity)) {
            seen.add(stage);
        }
    }

    /** The address is leased, the person logs on, the shell starts. */
    void begin() {
        emit(new Activity.AddressLeased(now));
        pause(5, 60);
        emit(new Activity.LoggedOn(now));
        pause(1, 4);
        shell();
        pause(2, 30);
        browser();
    }

    /** The first process. */
    Program root() {
        if (root == null) {
            root = switch (machine.system()) {
                case WINDOWS -> machine.start(now, "C:\\Windows\\System32\\userinit.exe", "userinit.exe", null);
                case LINUX -> first("/usr/lib/systemd/systemd", "/usr/lib/systemd/systemd --user");
                case MACOS -> first("/sbin/launchd", "/sbin/launchd");
            };
        }
        return root;
    }

    private Program first(String image, String commandLine) {
        return new Program(
                1,
                3,
                machine.clock(now),
                image,
                commandLine,
                List.of(commandLine),
                machine.hex(8) + "-0000-0000-0000-000000000001",
                null,
                "");
    }

    /** What starts programs that the person picks. */
    Program shell() {
        return switch (machine.system()) {
            case WINDOWS -> keep("shell", "C:\\Windows\\explorer.exe", "C:\\Windows\\Explorer.EXE", root());
            case LINUX -> keep("shell", "/usr/bin/gnome-shell", "/usr/bin/gnome-shell", root());
            case MACOS -> root();
        };
    }

    /** The shell in a terminal window. */
    Program terminal() {
        return switch (machine.system()) {
            case WINDOWS ->
                keep(
                        "terminal",
                        "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
                        "\"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe\"",
                        shell());
            case LINUX ->
                keep(
                        "terminal",
                        "/usr/bin/bash",
                        "bash",
                        keep(
                                "window",
                                "/usr/libexec/gnome-terminal-server",
                                "/usr/libexec/gnome-terminal-server",
                                root()));
            case MACOS ->
                keep(
                        "terminal",
                        "/bin/zsh",
                        "-zsh",
                        keep(
                                "window",
                                "/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal",
                                "/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal",
                                root()));
        };
    }

    /** A running application; it is started where it does not run yet. */
    Program application(DesktopApplication application) {
        String image = application.image().replace("{login}", machine.person().login());
        String commandLine = image.contains(" ") ? "\"" + image + "\"" : image;
        return keep(application.key(), image, commandLine, shell());
    }

    Program browser() {
        return application(browser);
    }

    /** The process of the browser that connects. */
    Program connector() {
        Program main = browser();
        return switch (browser.kind()) {
            case "chromium" ->
                keep(
                        "connector",
                        helper(main.image()),
                        "\"" + helper(main.image())
                                + "\" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US",
                        main);
            case "safari" ->
                keep(
                        "connector",
                        "/System/Library/Frameworks/WebKit.framework/Versions/A/XPCServices/"
                                + "com.apple.WebKit.Networking.xpc/Contents/MacOS/com.apple.WebKit.Networking",
                        "com.apple.WebKit.Networking",
                        root());
            default -> main;
        };
    }

    private String helper(String image) {
        if (!image.startsWith("/Applications/")) {
            return image;
        }
        String name = image.substring(image.lastIndexOf('/') + 1);
        return image.substring(0, image.indexOf(".app/")) + ".app/Contents/Frameworks/" + name
                + " Framework.framework/Versions/Current/Helpers/" + name + " Helper.app/Contents/MacOS/" + name
                + " Helper";
    }

    private Program keep(String key, String image, String commandLine, Program parent) {
        Program known = running.get(key);
        if (known == null) {
            known = start(image, commandLine, parent);
            running.put(key, known);
        }
        return known;
    }

    Program start(String image, String commandLine, Program parent) {
        Program program = started(image, commandLine, parent);
        emit(new Activity.ProcessStarted(now, program));
        return program;
    }

    void start(String image, String commandLine, Program parent, VisibleStage stage, String key) {
        Program program = started(image, commandLine, parent);
        emit(new Activity.ProcessStarted(now, program), stage);
        running.put(key, program);
    }

    private Program started(String image, String commandLine, Program parent) {
        String origin = origins.getOrDefault(image, "");
        return machine.start(now, image, commandLine, parent).from(origin);
    }

    /** What is unpacked from a marked file has its mark. */
    void inherit(String path, String from) {
        origins.put(path, origins.getOrDefault(from, ""));
    }

    /** A program that was put away under a name before. */
    Program running(String key) {
        Program program = running.get(key);
        return program == null ? shell() : program;
    }

    void put(String key, Program program) {
        running.put(key, program);
    }

    /** Resolves, connects and requests. */
    void request(
            Program program,
            String url,
            String referrer,
            String mime,
            long bytes,
            String fileName,
            String sha256,
            @Nullable VisibleStage stage) {
        request(program, "GET", url, referrer, mime, bytes, fileName, sha256, stage);
    }

    private void request(
            Program program,
            String method,
            String url,
            String referrer,
            String mime,
            long bytes,
            String fileName,
            String sha256,
            @Nullable VisibleStage stage) {
        String host = WebActivity.host(url);
        String address = host.matches("[0-9.]+") ? host : Places.addressOf(host);
        var remote = new Remote(host, address, WebActivity.port(url));
        boolean fresh = !reached.containsKey(host + program.pid())
                || Duration.between(reached.get(host + program.pid()), now).compareTo(KEPT_ALIVE) > 0;
        boolean shown = false;
        if (fresh) {
            if (remote.named()) {
                shown |= emit(new Activity.NameResolved(now, program, host, address));
                pause(0.02, 0.15);
            }
            shown |= emit(new Activity.Connected(now, program, remote, quic && remote.encrypted()));
            pause(0.05, 0.3);
        }
        reached.put(host + program.pid(), now);
        shown |= emit(
                new Activity.Requested(now, program, remote, method, url, referrer, mime, bytes, fileName, sha256));
        if (shown && stage != null) {
            seen.add(stage);
        }
    }

    /** A page of the browser. */
    void page(String url, String referrer, @Nullable VisibleStage stage) {
        request(connector(), url, referrer, "text/html", 4_000 + random.nextInt(90_000), "", "", stage);
    }

    /** A form that the person fills in and sends. */
    void post(String url, String referrer) {
        request(
                connector(),
                "POST",
                url,
                referrer,
                "text/html",
                600 + random.nextInt(9_000),
                "",
                "",
                VisibleStage.EGRESS);
    }

    /** Somebody elsewhere signs in as the person. */
    void signIn(String address, String country, String risk) {
        emit(new Activity.SignedIn(now, address, country, risk));
    }

    /** Writes a file as this browser writes downloads: under another name first. */
    void save(String path, String origin, String referrer, String sha256) {
        Program writer = browser();
        String separator = path.contains("\\") ? "\\" : "/";
        int slash = path.lastIndexOf(separator) + 1;
        String folder = path.substring(0, slash);
        String name = path.substring(slash);
        int dot = name.lastIndexOf('.');
        String temporary = switch (browser.kind()) {
            case "chromium" -> folder + "Unconfirmed " + random.nextInt(100_000, 999_999) + ".crdownload";
            case "safari" -> folder + name + ".download" + separator + name;
            default ->
                folder + (dot < 0 ? name : name.substring(0, dot)) + "." + letters() + "."
                        + (dot < 0 ? "" : name.substring(dot + 1) + ".") + "part";
        };
        if (browser.kind().equals("firefox")) {
            emit(new Activity.FileCreated(now, writer, path, sha256), VisibleStage.WRITE);
            pause(0.02, 0.1);
        }
        emit(new Activity.FileCreated(now, writer, temporary, sha256), VisibleStage.WRITE);
        pause(0.5, 6);
        emit(new Activity.FileRenamed(now, writer, temporary, path, sha256, origin, referrer), VisibleStage.WRITE);
        pause(0.01, 0.2);
        emit(new Activity.FileMarked(now, writer, path, origin, referrer, sha256), VisibleStage.WRITE);
        origins.put(path, origin);
    }

    private String letters() {
        var text = new StringBuilder();
        String alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        for (int i = 0; i < 8; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** Folder of the person, without a separator at its end. */
    String home() {
        return machine.home();
    }

    /** Where this browser puts downloads. */
    String downloads() {
        String separator =
                machine.system() == io.clicktrail.benchmarks.detection.host.OperatingSystem.WINDOWS ? "\\" : "/";
        if (browser.key().endsWith("-snap")) {
            return home() + "/snap/" + browser.key().substring(0, browser.key().indexOf('-')) + "/common/Downloads";
        }
        return home() + separator + "Downloads";
    }

    /** Text of the browser's command line for a URL, or null where it is handed over without a process. */
    @Nullable
    String opens(String url) {
        return browser.opens().equals("-")
                ? null
                : browser.opens().replace("{image}", browser.image()).replace("{url}", url);
    }

    /** Not the same as the last one. */
    String number(int from, int to) {
        return String.format(Locale.ROOT, "%d", random.nextInt(from, to));
    }
}
