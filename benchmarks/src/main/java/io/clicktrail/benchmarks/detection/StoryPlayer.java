package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.benchmarks.detection.host.Program;
import io.clicktrail.benchmarks.detection.host.WebActivity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Plays the steps of a story at a machine. A step is a verb and what follows it; names in braces are replaced, see
 * {@link #variables}.
 *
 * <pre>
 * click               an application shows the link and hands it to the browser, which loads it
 * gateway             the same, but only the mail gateway sees it
 * gateway-phone       the same, and the link is loaded by a phone that nothing watches
 * hand URL            the link is opened, and nothing is loaded (URI handlers, programs on shares)
 * page URL            the browser loads a page; what is downloaded next was linked there
 * tab URL             another tab loads a page
 * image URL           the browser loads an image
 * post URL            the person fills in a form of the page, which is sent
 * signin RISK         somebody elsewhere signs in as the person
 * download URL [as PATH]   the browser fetches and saves a file
 * smuggle NAME        the browser saves a file that a script in the page made
 * open IMAGE | COMMAND     the desktop starts a program
 * run IMAGE | COMMAND      the same, with what came
 * paste IMAGE | COMMAND    the person pastes the command: Run dialog, or the terminal's shell
 * shell IMAGE | COMMAND    an ordinary command in the terminal
 * child IMAGE | COMMAND    the last program starts another
 * service IMAGE | COMMAND  the system starts a program
 * fetch URL [as PATH]      the last program fetches, and saves
 * write PATH          the last program writes a file
 * explorer PATH       the desktop writes a file
 * mark PATH, unmark PATH, chmod PATH
 * cd PATH             programs are started in this folder from now on
 * wait SECONDS
 * </pre>
 */
final class StoryPlayer {
    private static final String LAST = "last";

    private final Session session;
    private final StoryKind kind;
    private final SplittableRandom random;
    private final boolean rewritten;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Set<String> marks = new LinkedHashSet<>();

    /** @param rewritten whether the mail gateway rewrites links */
    StoryPlayer(Session session, StoryKind kind, Place place, Place second, boolean rewritten) {
        this.session = session;
        this.kind = kind;
        this.rewritten = rewritten;
        random = session.machine().random();
        variables(place, second);
        for (Place each : List.of(place, second)) {
            marks.add(each.mark());
            marks.add(WebActivity.host(each.base()));
            marks.add(each.address());
        }
    }

    private void variables(Place place, Place second) {
        Machine machine = session.machine();
        boolean windows = machine.system() == OperatingSystem.WINDOWS;
        variables.put("login", machine.person().login());
        variables.put("upn", machine.person().upn());
        variables.put("host", machine.name());
        variables.put("home", session.home());
        variables.put("downloads", session.downloads());
        variables.put("temp", windows ? session.home() + "\\AppData\\Local\\Temp" : "/tmp");
        variables.put("sys", "C:\\Windows\\System32");
        variables.put("base", place.base());
        variables.put("site", WebActivity.host(place.base()));
        variables.put("port", String.valueOf(WebActivity.port(place.base())));
        variables.put("base2", second.base());
        variables.put("site2", WebActivity.host(second.base()));
        variables.put("word", RandomChoice.any("words", random));
        variables.put("word2", RandomChoice.any("words", random));
        variables.put("Word", capital(RandomChoice.any("words", random)));
        variables.put("lure", RandomChoice.any("lures", random) + session.number(10, 9999));
        variables.put("number", session.number(1000, 9999));
        variables.put("hex", machine.hex(12));
        variables.put("hex8", machine.hex(8));
        variables.put(
                "guid",
                machine.hex(8) + "-" + machine.hex(4) + "-" + machine.hex(4) + "-" + machine.hex(4) + "-"
                        + machine.hex(12));
        variables.put("drive", RandomChoice.any(List.of("D", "E", "F", "G"), random));
        variables.put("browser", session.browser().image());
        String[] vendor = RandomChoice.any("installers_" + machine.system().label(), random)
                .split(" +", -1);
        variables.put("tool", vendor[0]);
        variables.put("tool.url", vendor[1]);
        variables.put("tool.host", WebActivity.host(vendor[1]));
        variables.put("tool.file", vendor[1].substring(vendor[1].lastIndexOf('/') + 1));
        variables.put("brand", RandomChoice.any("brands", random));
        variables.put("link", replaced(kind.link()));
        variables.put("elsewhere", second.address());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private String replaced(String text) {
        String result = text;
        for (int i = 0; i < 3 && result.contains("{"); i++) {
            for (Map.Entry<String, String> each : variables.entrySet()) {
                result = result.replace("{" + each.getKey() + "}", each.getValue());
            }
        }
        return result;
    }

    /** Plays it from now on. */
    Story play() {
        session.forget();
        session.speakQuic(kind.quic());
        Instant from = session.now();
        for (String step : kind.steps()) {
            int blank = step.indexOf(' ');
            String verb = blank < 0 ? step : step.substring(0, blank);
            String rest = replaced(blank < 0 ? "" : step.substring(blank + 1));
            play(verb, rest);
        }
        session.speakQuic(false);
        session.machine().workingDirectory(session.home());
        Instant to = session.now();
        return new Story(kind, session.machine(), from, to, List.copyOf(marks), session.seen());
    }

    private void play(String verb, String rest) {
        switch (verb) {
            case "click" -> {
                click(true);
                session.page(link(), "", VisibleStage.EGRESS);
            }
            case "gateway" -> {
                session.emit(new Activity.MailLinkClicked(session.now(), link()), VisibleStage.CLICK);
                session.pause(0.4, 2);
                session.page(link(), "", VisibleStage.EGRESS);
            }
            case "gateway-phone" ->
                session.emit(new Activity.MailLinkClicked(session.now(), link()), VisibleStage.CLICK);
            case "hand" -> {
                variables.put("link", rest);
                click(false);
            }
            case "page" -> {
                session.pause(1, 20);
                session.page(rest, "", VisibleStage.EGRESS);
                variables.put("page", rest);
            }
            case "tab" -> {
                session.pause(1, 20);
                session.page(rest, "", VisibleStage.EGRESS);
            }
            case "image" -> {
                session.pause(0.1, 2);
                session.request(session.connector(), rest, "", "image/png", 30_000, "", "", VisibleStage.EGRESS);
            }
            case "post" -> {
                session.pause(8, 45);
                session.post(rest, variables.getOrDefault("page", link()));
            }
            case "signin" -> session.signIn(variables.getOrDefault("elsewhere", ""), "NL", rest);
            case "download" -> download(rest);
            case "smuggle" -> {
                session.pause(2, 30);
                save(session.downloads() + separator() + rest, RandomChoice.any(smuggled(), random), "");
            }
            case "open" -> start(rest, session.shell(), false);
            case "run" -> {
                session.pause(4, 90);
                start(rest, session.shell(), true);
            }
            case "paste" -> {
                session.pause(10, 60);
                boolean dialog = session.machine().system() == OperatingSystem.WINDOWS && random.nextInt(3) > 0;
                start(rest, dialog ? session.shell() : session.terminal(), true);
            }
            case "shell" -> {
                session.pause(3, 30);
                start(rest, session.terminal(), false);
            }
            case "child" -> start(rest, session.running(LAST), false);
            case "service" -> start(rest, session.root(), false);
            case "fetch" -> fetch(rest);
            case "write" -> write(rest, session.running(LAST));
            case "explorer" -> {
                session.pause(2, 20);
                write(rest, session.shell());
            }
            case "mark" ->
                session.emit(new Activity.FileMarked(
                        session.now(), session.running(LAST), rest, "about:internet", "", sha(rest)));
            case "unmark" -> session.emit(new Activity.MarkRemoved(session.now(), session.running(LAST), rest));
            case "chmod" -> session.emit(new Activity.ModeChanged(session.now(), session.running(LAST), rest));
            case "cd" -> session.machine().workingDirectory(rest);
            case "wait" ->
                session.until(session.now()
                        .plus(Duration.ofSeconds(Long.parseLong(rest)))
                        .plusMillis(random.nextInt(60_000)));
            default -> throw new IllegalArgumentException(kind.name() + ": " + verb);
        }
        session.pause(0.05, 0.6);
    }

    private List<String> smuggled() {
        String family = session.browserApplication().kind();
        return session.machine().system() == OperatingSystem.WINDOWS && family.equals("chromium")
                ? List.of("about:internet")
                : List.of("blob:" + link());
    }

    private String link() {
        return variables.getOrDefault("link", "");
    }

    private String separator() {
        return session.machine().system() == OperatingSystem.WINDOWS ? "\\" : "/";
    }

    /** An application hands the link over. */
    private void click(boolean web) {
        String url = link();
        String name = RandomChoice.any(kind.from(), random);
        DesktopApplication application = DesktopApplication.of(session.machine().system(), name);
        Program opener = session.application(application);
        session.pause(5, 40);
        boolean mail = application.kind().equals("mail");
        if (mail && web) {
            session.emit(new Activity.MailLinkClicked(session.now(), url), VisibleStage.CLICK);
            session.pause(0.05, 0.4);
        }
        String handed = mail && web && rewritten ? safeLink(url) : url;
        session.emit(new Activity.LinkOpened(session.now(), opener, handed), VisibleStage.CLICK);
        session.pause(0.02, 0.2);
        String commandLine = web ? session.opens(handed) : null;
        if (commandLine != null) {
            Program parent = opener;
            if (session.machine().system() == OperatingSystem.LINUX && random.nextBoolean()) {
                parent = session.start("/usr/bin/dash", "/bin/sh /usr/bin/xdg-open " + handed, opener);
                session.pause(0.02, 0.1);
            }
            session.start(session.browserApplication().image(), commandLine, parent, VisibleStage.CLICK, "handed");
        }
        session.browser();
        session.pause(0.3, 1.5);
        if (!handed.equals(url)) {
            session.page(handed, "", null);
            session.pause(0.2, 0.9);
        }
    }

    private static String safeLink(String url) {
        return "https://eur01.safelinks.protection.outlook.com/?url="
                + URLEncoder.encode(url, StandardCharsets.UTF_8)
                + "&data=05%7C02%7C%7C&sdata=c2FtcGxl&reserved=0";
    }

    private void download(String rest) {
        session.pause(0.3, 12);
        String[] parts = rest.split(" as ", 2);
        String name = WebActivity.target(parts[0]);
        name = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\?.*", "").replace("%20", " ");
        String path = parts.length > 1 ? parts[1] : session.downloads() + separator() + name;
        String file = path.substring(path.lastIndexOf(separator()) + 1);
        String referrer = variables.getOrDefault("page", "");
        session.request(
                session.connector(),
                parts[0],
                referrer,
                mime(file),
                100_000 + random.nextInt(9_000_000),
                file,
                sha(path),
                VisibleStage.EGRESS);
        session.pause(0.1, 1);
        save(path, parts[0], referrer);
    }

    private void save(String path, String origin, String referrer) {
        session.save(path, origin, referrer, sha(path));
        remember(path);
    }

    private void fetch(String rest) {
        session.pause(0.2, 3);
        String[] parts = rest.split(" as ", 2);
        Program program = session.running(LAST);
        session.request(
                program,
                parts[0],
                "",
                "application/octet-stream",
                50_000 + random.nextInt(900_000),
                "",
                "",
                VisibleStage.EGRESS);
        if (parts.length > 1) {
            session.pause(0.3, 3);
            write(parts[1], program);
        }
    }

    private void write(String path, Program program) {
        session.emit(new Activity.FileCreated(session.now(), program, path, sha(path)), VisibleStage.WRITE);
        session.inherit(path, variables.getOrDefault("file", ""));
        remember(path);
    }

    private void remember(String path) {
        variables.put("file", path);
        String name = path.substring(path.lastIndexOf(separator()) + 1);
        variables.put("name", name);
        marks.add(name);
    }

    private void start(String rest, Program parent, boolean counts) {
        String[] parts = rest.split(" \\| ", 2);
        String image = parts[0];
        String commandLine = parts.length > 1 ? parts[1] : image.contains(" ") ? "\"" + image + "\"" : image;
        if (counts) {
            session.start(image, commandLine, parent, VisibleStage.EXECUTION, LAST);
        } else {
            session.put(LAST, session.start(image, commandLine, parent));
        }
        session.pause(0.1, 0.8);
    }

    private String sha(String path) {
        var own = new SplittableRandom(
                path.hashCode() * 31L + session.machine().name().hashCode());
        var text = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            text.append(Character.forDigit(own.nextInt(16), 16));
        }
        return text.toString();
    }

    private static String mime(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "exe", "msi", "dll" -> "application/x-dosexec";
            case "iso", "img" -> "application/x-iso9660-image";
            case "zip", "rar", "7z" -> "application/zip";
            case "pdf" -> "application/pdf";
            case "docx", "xlsx", "pptx", "docm", "xlsm" ->
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            case "ics" -> "text/calendar";
            case "png", "jpg" -> "image/" + extension;
            case "dmg" -> "application/x-apple-diskimage";
            case "deb" -> "application/vnd.debian.binary-package";
            case "js", "vbs", "hta", "ps1", "sh", "py", "html", "url", "command" -> "text/plain";
            default -> "application/octet-stream";
        };
    }
}
