package io.clicktrail.correlator.testing;

import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads drawn timelines; the language is described at the top of {@code chains.spec}. */
public final class Timelines {

    private static final Pattern WORD = Pattern.compile("[^\\s(]+(\\([^)]*\\))?");
    private static final Pattern EVENT = Pattern.compile("([cewxps])\\d*(\\(([^)]*)\\))?");
    private static final Pattern EXPECTED = Pattern.compile("= (\\S+) ([^:]+): ([\\w ]+)");
    private static final String SHOWS = "  shows ";
    private static final String BROWSER = "chrome";
    private static final String RUNNING_BROWSER = "chrome-main";

    /**
     * One drawn timeline.
     *
     * @param line where it begins in the file
     * @param shows kinds that the timeline is an example of, where each platform must have one
     * @param deliveries by host, in order of delivery
     * @param ordinary whether everything is delivered as it happens
     */
    public record Drawn(
            int line,
            String name,
            Set<String> shows,
            Map<String, List<DeliveryOrder>> deliveries,
            boolean ordinary,
            SensorsAt sensors,
            List<Expected> expected) {}

    /**
     * A detection that must be there at the end.
     *
     * @param members names of the events
     * @param grades of the links, in order of the stages they lead into; empty if not said
     * @param missing stages and reasons
     * @param revisions how often it is emitted; 0 if not said
     * @param score of the decision; 0 if not said
     * @param parts names of the parts of the decision; empty if not said
     * @param nearby names of clicks that are no part of it
     */
    public record Expected(
            String host,
            String tenant,
            Set<String> members,
            List<String> grades,
            Map<Stage, MissingReason> missing,
            int revisions,
            int score,
            Set<String> parts,
            Set<String> nearby) {}

    /** How paths look on a host; its name says the platform. */
    private enum Place {
        WINDOWS(
                Platform.WINDOWS,
                "C:\\Users\\anna\\Downloads\\",
                "C:\\Windows\\System32\\wscript.exe",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\Rar$DIa1.2\\readme.js"),
        LINUX(Platform.LINUX, "/home/anna/Downloads/", "/usr/bin/bash", "/home/anna/.cache/.fr-x1Y2/readme.sh"),
        MACOS(
                Platform.MACOS,
                "/Users/anna/Downloads/",
                "/bin/zsh",
                "/private/var/folders/a1/T/AppTranslocation/77/d/Readme.app/Contents/MacOS/Readme");

        private final Platform platform;
        private final String downloads;
        private final String scriptHost;
        private final String unpacked;

        Place(Platform platform, String downloads, String scriptHost, String unpacked) {
            this.platform = platform;
            this.downloads = downloads;
            this.scriptHost = scriptHost;
            this.unpacked = unpacked;
        }

        static Place of(String host) {
            return host.startsWith("lx") ? LINUX : host.startsWith("mac") ? MACOS : WINDOWS;
        }
    }

    private record Token(EvidenceDraft draft, Duration late, boolean twice) {}

    private final List<String> lines;
    private int at;

    private Timelines(List<String> lines) {
        this.lines = lines;
    }

    /** The platform of a host, by its name: lx…, mac… or any other. */
    public static Platform platformOf(String host) {
        return Place.of(host).platform;
    }

    public static List<Drawn> read(Path file) throws IOException {
        return new Timelines(Files.readAllLines(file, StandardCharsets.UTF_8)).all();
    }

    private List<Drawn> all() {
        var drawn = new ArrayList<Drawn>();
        var names = new HashSet<String>();
        while (skipToContent()) {
            var one = one();
            if (!names.add(one.name())) {
                throw broken("a second timeline is called '" + one.name() + "'");
            }
            drawn.add(one);
        }
        return drawn;
    }

    private boolean skipToContent() {
        while (at < lines.size() && (lines.get(at).isBlank() || lines.get(at).startsWith("#"))) {
            at++;
        }
        return at < lines.size();
    }

    private Drawn one() {
        int line = at + 1;
        if (!lines.get(at).startsWith("== ")) {
            throw broken("a timeline begins with '== '");
        }
        var name = lines.get(at++).substring(3).strip();
        var shows = shows();
        var ruler = ruler(lines.get(at++));
        var tokens = new ArrayList<Token>();
        while (at < lines.size()
                && !lines.get(at).startsWith("=")
                && !lines.get(at).startsWith("sensors")) {
            lane(lines.get(at), ruler, tokens);
            at++;
        }
        var sensors = SensorsAt.alive();
        if (lines.get(at).startsWith("sensors")) {
            sensors = sensors(lines.get(at++));
        }
        var expected = new ArrayList<Expected>();
        boolean nothing = lines.get(at).equals("= nothing");
        if (nothing) {
            at++;
        }
        while (!nothing && at < lines.size() && lines.get(at).startsWith("= ")) {
            expected.add(expected());
        }
        if (!nothing && expected.isEmpty()) {
            throw broken("the timeline expects nothing and does not say so");
        }
        boolean ordinary = tokens.stream().allMatch(token -> token.late().isZero());
        return new Drawn(line, name, shows, deliveries(tokens), ordinary, sensors, expected);
    }

    private Set<String> shows() {
        var line = lines.get(at);
        if (!line.startsWith(SHOWS)) {
            return Set.of();
        }
        at++;
        return Set.of(line.substring(SHOWS.length()).split(", "));
    }

    private Map<Integer, Duration> ruler(String line) {
        var ruler = new TreeMap<Integer, Duration>();
        var words = WORD.matcher(line);
        while (words.find()) {
            ruler.put(words.start(), time(words.group()));
        }
        return ruler;
    }

    /** Minutes, minutes:seconds, or hours with an h. */
    private Duration time(String mark) {
        if (mark.endsWith("h")) {
            return Duration.ofHours(Long.parseLong(mark, 0, mark.length() - 1, 10));
        }
        int colon = mark.indexOf(':');
        return colon < 0
                ? Duration.ofMinutes(Long.parseLong(mark))
                : Duration.ofMinutes(Long.parseLong(mark, 0, colon, 10))
                        .plusSeconds(Long.parseLong(mark, colon + 1, mark.length(), 10));
    }

    private void lane(String line, Map<Integer, Duration> ruler, List<Token> tokens) {
        var words = WORD.matcher(line);
        if (!words.find() || words.start() != 0) {
            throw broken("a lane begins with host/user");
        }
        var owner = words.group().split("/");
        while (words.find()) {
            var time = ruler.get(words.start());
            if (time == null) {
                throw broken("'" + words.group() + "' is under no mark of the ruler");
            }
            tokens.add(token(words.group(), owner[0], owner[1].equals("-") ? null : "corp\\" + owner[1], time));
        }
    }

    private Token token(String text, String host, @Nullable String user, Duration time) {
        Matcher event = EVENT.matcher(text);
        if (!event.matches()) {
            throw broken("'" + text + "' is no event");
        }
        var name = text.contains("(") ? text.substring(0, text.indexOf('(')) : text;
        var said = new Said(event.group(3));
        var place = Place.of(host);
        var draft = switch (event.group(1)) {
            case "c" -> click(name, said);
            case "e" -> egress(name, said);
            case "w" -> write(name, said, place);
            case "x" -> execution(name, said, place);
            case "s" ->
                EvidenceDraft.of(name, EventKind.LOGON, Role.SIGN_IN).signInRisk(said.is("high") ? "high" : "medium");
            default -> start(name, said);
        };
        var via = said.is("lease") ? HostVia.ADDRESS_LEASE : said.is("userlease") ? HostVia.USER_LEASE : HostVia.DIRECT;
        draft.on(host).platform(place.platform).by(user).at(time).via(via).hostClock(said.is("clock"));
        of(draft, said);
        var either = said.of("either");
        if (either != null) {
            draft.perhapsOn(either);
        }
        var late = Duration.ofMinutes(said.number("late", 0));
        var token = new Token(draft, late, said.is("twice"));
        said.mustBeUsedUp();
        return token;
    }

    /** What is known of the place. */
    private static void of(EvidenceDraft draft, Said said) {
        draft.novelty(
                        said.is("new")
                                ? PlaceNovelty.NEW
                                : said.is("learning")
                                        ? PlaceNovelty.LEARNING
                                        : said.is("known") ? PlaceNovelty.KNOWN : PlaceNovelty.NOT_ASKED)
                .firstProgram(said.is("first"))
                .distributor(said.is("distributor"))
                .vendor(said.of("vendor"))
                .allowed(said.is("allowed"))
                .bareAddress(said.is("address"))
                .urlFile(said.of("url"))
                .signInPage(said.is("login"))
                .imitates(said.is("imitates"));
    }

    private EvidenceDraft click(String name, Said said) {
        return clicked(name, said).weakClick(said.is("weak"));
    }

    private EvidenceDraft clicked(String name, Said said) {
        if (said.is("open")) {
            return EvidenceDraft.of(name, EventKind.URL_OPEN, Role.CLICK)
                    .domain(said.tenant(), said.number("score", 70))
                    .process("outlook-1")
                    .application("outlook", ApplicationKind.MAIL);
        }
        if (said.is("request")) {
            return EvidenceDraft.of(name, EventKind.HTTP_REQUEST, Role.CLICK, Role.EGRESS)
                    .domain(said.tenant(), said.number("score", 70));
        }
        if (said.is("handed")) {
            return EvidenceDraft.of(name, EventKind.PROCESS_START, Role.CLICK)
                    .domain(said.tenant(), said.number("score", 70))
                    .process(name)
                    .parent(said.or("opener", "outlook-1"))
                    .parentKind(ApplicationKind.MAIL)
                    .application("xdg-open", ApplicationKind.BROKER);
        }
        return EvidenceDraft.of(name, EventKind.PROCESS_START, Role.CLICK)
                .domain(said.tenant(), said.number("score", 70))
                .process(name)
                .parent(said.or("opener", "outlook-1"))
                .parentKind(said.is("broker") ? ApplicationKind.BROKER : ApplicationKind.MAIL)
                .application(said.or("by", BROWSER), ApplicationKind.BROWSER);
    }

    private EvidenceDraft egress(String name, Said said) {
        boolean isPosted = said.is("posted");
        var kind = isPosted ? EventKind.HTTP_REQUEST : EventKind.NETWORK_CONNECTION;
        var draft = EvidenceDraft.of(name, kind, Role.EGRESS)
                .domain(said.tenant(), said.number("score", 70))
                .posted(isPosted);
        return said.is("net") ? draft : acting(draft, said);
    }

    private EvidenceDraft write(String name, Said said, Place place) {
        var origin = said.of("from");
        var temporary = said.of("temp");
        var renamed = said.of("renamed");
        boolean unfinished = said.is("unfinished");
        var draft = EvidenceDraft.of(name, origin == null ? EventKind.FILE_WRITE : EventKind.FILE_MARK, Role.WRITE)
                .domain(origin, said.number("score", 10))
                .referrer(said.of("ref"))
                .path((said.is("listed") ? "" : place.downloads)
                        + (temporary == null && !unfinished
                                ? said.or("file", name + ".js")
                                : "Unconfirmed 7.crdownload"))
                .danger(
                        said.is("harmless")
                                ? FileDanger.HARMLESS
                                : said.is("plain") || unfinished ? FileDanger.UNKNOWN : FileDanger.RISKY)
                .deceptive(said.is("deceptive"))
                .temporary(unfinished)
                .unnamed(said.is("unnamed"))
                .pathRule(said.is("intemp") ? "temp" : "downloads")
                .renamedFrom(renamed == null ? null : place.downloads + renamed)
                .mark(said.is("unmarked") ? MarkAction.MISSING : MarkAction.NONE)
                .finalName(temporary)
                .container(said.is("container"))
                .hash(said.of("hash"));
        return said.is("nobody") ? draft : acting(draft, said);
    }

    private EvidenceDraft acting(EvidenceDraft draft, Said said) {
        var process = said.of("in");
        return process == null
                ? draft.process(said.or("by", BROWSER).equals(BROWSER) ? RUNNING_BROWSER : said.or("by", "") + "-main")
                        .application(said.or("by", BROWSER), ApplicationKind.BROWSER)
                : draft.process(process).application(said.of("by"), ApplicationKind.UNKNOWN);
    }

    private EvidenceDraft execution(String name, Said said, Place place) {
        var run = said.or("run", name.replace('x', 'w') + ".js");
        if (said.is("chmod") || said.is("unquarantined")) {
            boolean mode = said.is("chmod");
            return EvidenceDraft.of(name, mode ? EventKind.FILE_MODE : EventKind.FILE_MARK, Role.EXECUTION)
                    .process(name)
                    .path(place.downloads + run)
                    .mark(mode ? MarkAction.NONE : MarkAction.REMOVED);
        }
        var image = said.of("image");
        var draft = EvidenceDraft.of(name, EventKind.PROCESS_START, Role.EXECUTION)
                .process(name)
                .parent(said.or("below", "explorer-1"))
                .responsible(said.of("for"))
                .lolbin(!said.is("plain"))
                .mounted(said.is("drive"))
                .userWritable(image != null)
                .pasted(said.is("pasted"))
                .signedBy(said.is("signed") ? "Vendor" : null)
                .applicationKind(said.is("archiver") ? ApplicationKind.ARCHIVER : ApplicationKind.UNKNOWN)
                .domain(said.of("tenant"), said.number("score", 70))
                .hash(said.of("hash"))
                .image(image == null ? place.scriptHost : place.downloads + image);
        if (said.is("unpacked")) {
            return draft.commandPath(place.unpacked);
        }
        return run.equals("nothing") || image != null ? draft : draft.commandPath(place.downloads + run);
    }

    private EvidenceDraft start(String name, Said said) {
        return EvidenceDraft.of(name, EventKind.PROCESS_START, Role.LINEAGE)
                .process(name)
                .parent(said.or("below", "explorer-1"))
                .responsible(said.of("for"));
    }

    private SensorsAt sensors(String line) {
        var sensors = SensorsAt.alive();
        for (var said : line.substring("sensors:".length()).split(",")) {
            var words = said.strip().split(" ");
            var stage = Stage.valueOf(words[1]);
            sensors = switch (words[0]) {
                case "no" -> sensors.without(stage);
                case "silent" ->
                    sensors.with(stage, EvidenceDraft.NINE_O_CLOCK.minus(Duration.ofMinutes(Long.parseLong(words[2]))));
                default -> throw broken("'" + words[0] + "' is nothing a sensor can be");
            };
        }
        return sensors;
    }

    private Expected expected() {
        var head = EXPECTED.matcher(lines.get(at++));
        if (!head.matches()) {
            throw broken("expected '= host tenant: events'");
        }
        List<String> grades = List.of();
        var missing = new TreeMap<Stage, MissingReason>();
        int revisions = 0;
        int score = 0;
        var parts = new TreeSet<String>();
        var nearby = new TreeSet<String>();
        while (at < lines.size() && lines.get(at).startsWith("  ")) {
            var words = lines.get(at++).strip().split(" +");
            switch (words[0]) {
                case "by" -> grades = List.of(words).subList(1, words.length);
                case "without" -> missing.put(Stage.valueOf(words[1]), MissingReason.valueOf(words[2]));
                case "revisions" -> revisions = Integer.parseInt(words[1]);
                case "scores" -> score = Integer.parseInt(words[1]);
                case "for" -> parts.addAll(List.of(words).subList(1, words.length));
                case "nearby" -> nearby.addAll(List.of(words).subList(1, words.length));
                default -> throw broken("'" + words[0] + "' is nothing that can be expected");
            }
        }
        return new Expected(
                head.group(1),
                head.group(2),
                new TreeSet<>(List.of(head.group(3).split(" "))),
                grades,
                missing,
                revisions,
                score,
                parts,
                nearby);
    }

    private static Map<String, List<DeliveryOrder>> deliveries(List<Token> tokens) {
        var deliveries = new TreeMap<String, List<DeliveryOrder>>();
        int offset = 0;
        for (var token : tokens) {
            var draft = token.draft();
            var ofHost = deliveries.computeIfAbsent(draft.host(), none -> new ArrayList<>());
            var at = draft.time().plus(token.late());
            ofHost.add(new DeliveryOrder(at, draft.offset(offset++).evidence()));
            if (token.twice()) {
                ofHost.add(new DeliveryOrder(
                        at.plusSeconds(30), draft.offset(offset++).evidence()));
            }
        }
        deliveries.values().forEach(each -> each.sort(Comparator.comparing(DeliveryOrder::at)));
        return deliveries;
    }

    private IllegalArgumentException broken(String why) {
        return new IllegalArgumentException("line " + (at + 1) + ": " + why);
    }

    /** What is in the brackets of an event: flags, key=value pairs, and a tenant key, which has a dot. */
    private final class Said {

        private final Map<String, String> values = new HashMap<>();
        private final Set<String> used = new HashSet<>();

        Said(@Nullable String text) {
            if (text != null) {
                for (var part : text.split(",")) {
                    int equals = part.indexOf('=');
                    if (equals > 0) {
                        values.put(part.substring(0, equals), part.substring(equals + 1));
                    } else {
                        values.put(part.contains(".") ? "tenant" : part, part);
                    }
                }
            }
        }

        @Nullable
        String of(String key) {
            used.add(key);
            return values.get(key);
        }

        String or(String key, String otherwise) {
            var value = of(key);
            return value == null ? otherwise : value;
        }

        boolean is(String flag) {
            return of(flag) != null;
        }

        String tenant() {
            return or("tenant", "evil.top");
        }

        int number(String key, int otherwise) {
            var value = of(key);
            return value == null ? otherwise : Integer.parseInt(value);
        }

        void mustBeUsedUp() {
            var unknown = new TreeSet<>(values.keySet());
            unknown.removeAll(used);
            if (!unknown.isEmpty()) {
                throw broken("nobody understands " + unknown);
            }
        }
    }
}
