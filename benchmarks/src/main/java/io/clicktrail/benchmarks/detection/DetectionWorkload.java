package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.benchmarks.detection.host.Person;
import io.clicktrail.benchmarks.detection.log.DhcpLog;
import io.clicktrail.benchmarks.detection.log.EntraSignIn;
import io.clicktrail.benchmarks.detection.log.LogCollector;
import io.clicktrail.benchmarks.detection.log.MailGateway;
import io.clicktrail.benchmarks.detection.log.Sensor;
import io.clicktrail.benchmarks.detection.log.WindowsSecurity;
import io.clicktrail.benchmarks.detection.log.Winlogbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Invents a day at an organisation from a seed: the same seed gives the same bytes. At most one story a host. */
final class DetectionWorkload {
    private static final Instant FIRST_DAY = Instant.parse("2026-09-01T00:00:00Z");
    private static final int DAYS = 60;
    private static final int HOSTILE_PERCENT = 58;
    private static final int ORDINARY_PERCENT = 34;
    private static final int ACTS = 40;
    private static final int SKEWED_PERCENT = 10;

    private final SplittableRandom random;
    private final Places places;
    private final Instant day;
    private final int hosts;
    private final @Nullable OperatingSystem only;
    private final Map<OperatingSystem, Draw> hostile = new EnumMap<>(OperatingSystem.class);
    private final Map<OperatingSystem, Draw> ordinary = new EnumMap<>(OperatingSystem.class);
    private final Map<DomainKind, Integer> used = new EnumMap<>(DomainKind.class);
    private final LogCollector logs = new LogCollector();
    private final List<Label> labels = new ArrayList<>();

    /**
     * @param halves kinds of which halves are played
     * @param only what all machines run; null for a mixture
     */
    DetectionWorkload(long seed, int hosts, List<Half> halves, @Nullable OperatingSystem only) {
        this(seed, hosts, halves, only, kind -> true);
    }

    /** @param chosen kinds that are played */
    DetectionWorkload(
            long seed, int hosts, List<Half> halves, @Nullable OperatingSystem only, Predicate<StoryKind> chosen) {
        random = new SplittableRandom(seed);
        places = new Places(random.split());
        day = FIRST_DAY.plus(Duration.ofDays(Math.floorMod(seed, DAYS)));
        this.hosts = hosts;
        this.only = only;
        for (OperatingSystem system : OperatingSystem.values()) {
            hostile.put(system, new Draw(StoryKinds.hostile(), system, halves, chosen, random.split()));
            ordinary.put(system, new Draw(StoryKinds.ordinary(), system, halves, chosen, random.split()));
        }
    }

    /**
     * What everybody at the organisation has known for long, as a proxy's history shows it: installers of vendors with
     * their whole URL, since somebody has fetched them before.
     */
    static List<String> seen() {
        var seen = new TreeSet<String>();
        for (String list :
                List.of("known_sites", "vendor_sites", "partners", "old_sites", "known_hosters", "known_programs")) {
            seen.addAll(RandomChoice.of(list));
        }
        for (OperatingSystem system : OperatingSystem.values()) {
            RandomChoice.of("installers_" + system.label()).forEach(line -> seen.add(line.split(" ", 2)[1]));
        }
        return List.copyOf(seen);
    }

    LabelledDay invent() {
        for (int number = 0; number < hosts; number++) {
            host(number);
        }
        return new LabelledDay(logs, labels, seen(), hosts);
    }

    private void host(int number) {
        SplittableRandom own = random.split();
        OperatingSystem mixed = system(own.nextInt(100));
        OperatingSystem system = only == null ? mixed : only;
        int role = own.nextInt(100);
        @Nullable
        StoryKind kind = role < HOSTILE_PERCENT
                ? Objects.requireNonNull(hostile.get(system)).next()
                : role < HOSTILE_PERCENT + ORDINARY_PERCENT
                        ? Objects.requireNonNull(ordinary.get(system)).next()
                        : null;
        List<SensorProfile> able = SensorProfile.of(system).stream()
                .filter(profile -> kind == null || fits(kind, profile))
                .toList();
        SensorProfile profile = RandomChoice.any(able, own);
        Machine machine = machine(number, system, own);
        boolean rewrites = own.nextInt(100) < 30;
        MailGateway gateway = own.nextBoolean() ? MailGateway.PROOFPOINT : MailGateway.DEFENDER;
        var sensors = new ArrayList<Sensor>(profile.sensors());
        sensors.add(new DhcpLog());
        sensors.add(new EntraSignIn());
        boolean hidden = kind != null
                && (!profile.clicks() || kind.steps().stream().anyMatch(step -> step.startsWith("gateway")));
        if (hidden || own.nextInt(100) < 40) {
            sensors.add(gateway);
        }
        if (system == OperatingSystem.WINDOWS && own.nextInt(100) < 60) {
            sensors.add(new WindowsSecurity(new Winlogbeat(), false));
        }
        var session = new Session(
                machine,
                browser(kind, system, own),
                sensors,
                logs,
                day.plus(Duration.ofMinutes(7 * 60L + own.nextInt(110))));
        session.begin();
        var background = new Background(session, places);
        List<Instant> acts = times(session.now(), own);
        Instant begin = session.now().plus(Duration.ofMinutes(30 + own.nextInt(360)));
        boolean played = kind == null;
        for (Instant at : acts) {
            if (!played && kind != null && !at.isBefore(begin)) {
                session.until(begin);
                play(session, kind, profile, rewrites);
                played = true;
            }
            if (at.isAfter(session.now())) {
                session.until(at);
                background.act();
            }
        }
    }

    private void play(Session session, StoryKind kind, SensorProfile profile, boolean rewrites) {
        DomainKind domain = domain(kind);
        Place place = places.of(domain);
        Place second = places.of(domain == DomainKind.ADDRESS ? DomainKind.ADDRESS : DomainKind.NEW);
        StoryKind seenKind = profile.clicks() ? kind : ofMail(kind);
        Story story = new StoryPlayer(session, seenKind, place, second, rewrites).play();
        int tier = !kind.hostile() ? 0 : story.seen().contains(VisibleStage.EXECUTION) || kind.signsIn() ? 2 : 1;
        Machine machine = session.machine();
        labels.add(new Label(
                tier,
                machine.name(),
                machine.address(),
                machine.person().upn(),
                story.from(),
                story.to(),
                story.marks(),
                machine.system().label(),
                kind.name(),
                domain.label(),
                kind.half().label(),
                profile.name(),
                story.seen().stream()
                        .sorted()
                        .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","))));
    }

    /** The kind with openers of mail alone: only these are seen, by the gateway. */
    private static StoryKind ofMail(StoryKind kind) {
        return new StoryKind(
                kind.name(),
                kind.hostile(),
                kind.system(),
                kind.source(),
                kind.from().stream().filter(name -> isMail(kind.system(), name)).toList(),
                kind.browsers(),
                kind.link(),
                kind.places(),
                kind.needsFiles(),
                kind.quic(),
                kind.executed(),
                kind.steps());
    }

    private static boolean isMail(OperatingSystem system, String name) {
        return DesktopApplication.of(system, name).kind().equals("mail");
    }

    private static boolean fits(StoryKind kind, SensorProfile profile) {
        boolean clicks = profile.clicks()
                || kind.from().isEmpty()
                || kind.from().stream().anyMatch(name -> isMail(kind.system(), name));
        if (kind.hostile() && kind.hasForms()) {
            return clicks && (kind.signsIn() || profile.requests());
        }
        return !kind.hostile()
                ? clicks
                : clicks && profile.processes() && (profile.files() || !kind.needsFiles() && kind.executed());
    }

    private DomainKind domain(StoryKind kind) {
        if (!kind.hostile()) {
            return RandomChoice.any(kind.places(), random);
        }
        DomainKind least = kind.places().stream()
                .min(Comparator.comparingInt(each -> used.getOrDefault(each, 0)))
                .orElseThrow();
        used.merge(least, 1, Integer::sum);
        return least;
    }

    private static OperatingSystem system(int percent) {
        if (percent < 48) {
            return OperatingSystem.WINDOWS;
        }
        return percent < 73 ? OperatingSystem.LINUX : OperatingSystem.MACOS;
    }

    private static DesktopApplication browser(
            @Nullable StoryKind kind, OperatingSystem system, SplittableRandom random) {
        if (kind != null && !kind.browsers().isEmpty()) {
            return DesktopApplication.of(system, RandomChoice.any(kind.browsers(), random));
        }
        return RandomChoice.any(DesktopApplication.browsers(system), random);
    }

    private static Machine machine(int number, OperatingSystem system, SplittableRandom random) {
        String prefix = switch (system) {
            case WINDOWS -> "ws";
            case LINUX -> "lx";
            case MACOS -> "mac";
        };
        String first = RandomChoice.any("first_names", random);
        String last = RandomChoice.any("last_names", random);
        String login = first.charAt(0) + "." + last + number;
        var person = new Person(
                login,
                first + "." + last + number + "@corp.example",
                "S-1-5-21-2891140422-1730022281-3304913320-" + (1100 + number));
        Duration skew = random.nextInt(100) < SKEWED_PERCENT
                ? Duration.ofMillis(random.nextInt(-8000, 8000))
                : Duration.ofMillis(random.nextInt(-40, 40));
        return new Machine(
                system,
                String.format(Locale.ROOT, "%s-%04d", prefix, number),
                person,
                "10.20." + (1 + number / 200) + "." + (20 + number % 200),
                skew,
                random.split());
    }

    private static List<Instant> times(Instant begin, SplittableRandom random) {
        var times = new ArrayList<Instant>();
        for (int i = 0; i < ACTS; i++) {
            times.add(begin.plus(Duration.ofSeconds(60 + random.nextInt(9 * 3600))));
        }
        Collections.sort(times);
        return times;
    }

    /** Kinds in random order, each once before any comes again. */
    private static final class Draw {
        private final List<StoryKind> kinds;
        private final Random order;
        private final Deque<StoryKind> left = new ArrayDeque<>();

        private Draw(
                List<StoryKind> kinds,
                OperatingSystem system,
                List<Half> halves,
                Predicate<StoryKind> chosen,
                SplittableRandom random) {
            this.kinds = kinds.stream()
                    .filter(kind -> kind.system() == system && halves.contains(kind.half()) && chosen.test(kind))
                    .toList();
            order = new Random(random.nextLong());
        }

        private StoryKind next() {
            if (left.isEmpty()) {
                var shuffled = new ArrayList<>(kinds);
                Collections.shuffle(shuffled, order);
                left.addAll(shuffled);
            }
            return left.removeFirst();
        }
    }
}
