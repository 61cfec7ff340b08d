package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.testing.DeliveryOrder;
import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one host by chance: few users, processes, domains and paths in a short time, so that events meet
 * often and on the edges of windows; some are lost, some come twice and then may be judged otherwise, all come late by
 * chance, none later than the grace.
 */
final class RandomHistories {

    private static final List<String> USERS = List.of("corp\\anna", "corp\\ben");

    /** The same people by other kinds of names. */
    private static final List<String> OTHER_NAMES = List.of("anna", "ben", "501", "502", "anna@corp.example");

    private static final List<String> TENANTS = List.of("evil.top", "bad.pages.dev", "ordinary.com");
    private static final List<String> APPLICATIONS = List.of("chrome", "msedge");
    private static final List<String> FILES = List.of("a.js", "b.iso", "c.exe", "B.app", "d.zip");
    private static final int PROCESSES = 6;

    private final Random random;
    private final Places places;
    private final Duration grace;
    private final String host;
    private final boolean turning;
    private int names;

    /** How the paths of a platform look. */
    private record Places(
            Platform platform,
            String downloads,
            String downloadsOtherwise,
            String drive,
            String unpacked,
            String application,
            String system) {

        static Places of(Platform platform) {
            return switch (platform) {
                case WINDOWS, UNKNOWN ->
                    new Places(
                            Platform.WINDOWS,
                            "C:\\Users\\anna\\Downloads\\",
                            "C:/USERS/anna/Downloads/",
                            "D:/",
                            "C:\\Users\\anna\\AppData\\Local\\Temp\\Rar$DI1\\z.js",
                            "C:\\Users\\anna\\Downloads\\c.exe",
                            "C:\\Windows\\System32\\wscript.exe");
                case LINUX ->
                    new Places(
                            Platform.LINUX,
                            "/home/anna/Downloads/",
                            "/home/Anna/Downloads/",
                            "/run/media/anna/DISK/",
                            "/home/anna/.cache/.fr-a1B2/z.sh",
                            "/home/anna/Downloads/c.exe",
                            "/usr/bin/bash");
                case MACOS ->
                    new Places(
                            Platform.MACOS,
                            "/private/tmp/anna/",
                            "/tmp/Anna/",
                            "/Volumes/Disk/",
                            "/private/var/folders/x/T/AppTranslocation/1/d/Z.app/Contents/MacOS/Z",
                            "/tmp/anna/B.app/Contents/MacOS/B",
                            "/bin/zsh");
            };
        }
    }

    private RandomHistories(long seed, String host, Platform platform, Duration grace, boolean turning) {
        this.turning = turning;
        this.places = Places.of(platform);
        this.random = new Random(seed);
        this.host = host;
        this.grace = grace;
    }

    record History(List<DeliveryOrder> deliveries, SensorsAt sensors) {}

    static History of(long seed, String host, Duration grace) {
        return of(seed, host, Platform.WINDOWS, grace);
    }

    static History of(long seed, String host, Platform platform, Duration grace) {
        return new RandomHistories(seed, host, platform, grace, false).history();
    }

    /** A history in which some events turn out to be of other processes than was thought first. */
    static History ofProcessesKnownLate(long seed, String host, Platform platform, Duration grace) {
        return new RandomHistories(seed, host, platform, grace, true).history();
    }

    private History history() {
        var drafts = new ArrayList<EvidenceDraft>();
        var start = Duration.ZERO;
        int clusters = random.nextInt(5) == 0 ? 2 : 1;
        for (int i = 0; i < clusters; i++) {
            int size = random.nextInt(20) == 0 ? 40 : 4 + random.nextInt(16);
            int minutes = random.nextBoolean() ? 20 : 90;
            for (int j = 0; j < size; j++) {
                drafts.add(draft(start.plusMinutes(random.nextInt(minutes))));
            }
            start = start.plusHours(random.nextBoolean() ? 6 : 28 + random.nextInt(20));
        }
        var deliveries = new ArrayList<DeliveryOrder>();
        int offset = 0;
        for (var draft : drafts) {
            if (random.nextInt(10) != 0) {
                if (turnsOut(draft)) {
                    // No other event is of the same instant: of two starts that are one, none could be taken back.
                    draft.at(Duration.between(EvidenceDraft.NINE_O_CLOCK, draft.time())
                            .plusMillis(1 + offset));
                    var first = delivered(draft, offset++);
                    deliveries.add(first);
                    deliveries.add(turnedOut(draft, first, offset++));
                    continue;
                }
                deliveries.add(delivered(draft, offset++));
                if (random.nextInt(10) == 0) {
                    deliveries.add(delivered(judgedAgain(draft), offset++));
                }
            }
        }
        deliveries.sort(Comparator.comparing(DeliveryOrder::at));
        return new History(deliveries, sensors());
    }

    /** Only what is of the first hour, so that all of its chains is still there when its process becomes known. */
    private boolean turnsOut(EvidenceDraft draft) {
        return turning
                && random.nextInt(4) == 0
                && draft.hasRole()
                && draft.time().isBefore(EvidenceDraft.NINE_O_CLOCK.plus(Duration.ofMinutes(45)));
    }

    /** The same event, of another process or parent than was thought: what it was may have been nothing. */
    private DeliveryOrder turnedOut(EvidenceDraft draft, DeliveryOrder first, int offset) {
        draft.processOrder(1 + random.nextInt(3));
        if (random.nextInt(3) == 0) {
            var left = Duration.between(first.at(), draft.time().plus(grace));
            var later = Duration.ofMillis(random.nextInt((int) left.toMillis() + 1));
            return new DeliveryOrder(
                    first.at().plus(later), draft.withdrawn().offset(offset).evidence());
        }
        return delivered(
                draft.process(process())
                        .parent(process())
                        .parentKind(random.nextBoolean() ? ApplicationKind.MAIL : ApplicationKind.BROKER)
                        .weakClick(random.nextBoolean())
                        .pasted(random.nextBoolean()),
                offset);
    }

    /** The same event once more, sometimes after intel or tuning has changed what is said of it. */
    private EvidenceDraft judgedAgain(EvidenceDraft draft) {
        if (random.nextBoolean()) {
            return draft;
        }
        return draft.isRequest() ? draft.score(score()).also(Role.EGRESS) : draft.score(score());
    }

    private DeliveryOrder delivered(EvidenceDraft draft, int offset) {
        var delay = Duration.ofMillis(random.nextInt((int) grace.toMillis() + 1));
        return new DeliveryOrder(draft.time().plus(delay), draft.offset(offset).evidence());
    }

    private SensorsAt sensors() {
        var sensors = SensorsAt.alive();
        for (var stage : Stage.values()) {
            switch (random.nextInt(5)) {
                case 0 -> sensors = sensors.without(stage);
                case 1 ->
                    sensors = sensors.with(
                            stage, EvidenceDraft.NINE_O_CLOCK.minus(Duration.ofMinutes(30 + random.nextInt(60))));
                default -> {}
            }
        }
        return sensors;
    }

    private EvidenceDraft draft(Duration at) {
        var draft = switch (random.nextInt(11)) {
            case 10 -> signIn();
            case 0, 1 -> click();
            case 2, 3, 4 -> egress();
            case 5, 6 -> write();
            case 7, 8 -> execution();
            default -> start();
        };
        return draft.on(host)
                .platform(places.platform())
                .at(at)
                .by(user())
                .novelty(novelty())
                .firstProgram(random.nextInt(6) == 0)
                .bareAddress(random.nextInt(10) == 0)
                .allowed(random.nextInt(12) == 0)
                .imitates(random.nextInt(4) == 0)
                .hostClock(random.nextInt(3) == 0)
                .via(random.nextInt(12) == 0 ? HostVia.ADDRESS_LEASE : HostVia.DIRECT);
    }

    private @Nullable String user() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> null;
            case 2 -> OTHER_NAMES.get(random.nextInt(OTHER_NAMES.size()));
            case 3 -> USERS.getLast();
            default -> USERS.getFirst();
        };
    }

    private EvidenceDraft click() {
        boolean started = random.nextInt(3) != 0;
        var event = started
                ? EventKind.PROCESS_START
                : random.nextInt(4) == 0 ? EventKind.HTTP_REQUEST : EventKind.URL_OPEN;
        var draft = named("c", event, Role.CLICK)
                .weakClick(random.nextInt(4) == 0)
                .signInPage(random.nextInt(4) == 0)
                .urlFile(urlFile())
                .wrapped(random.nextInt(4) == 0);
        if (draft.isRequest() && random.nextBoolean()) {
            draft.also(Role.EGRESS);
        }
        draft.domain(draft.isRequest() ? tenant() : tenantOrNone(), score());
        if (random.nextInt(6) == 0) {
            return draft;
        }
        return draft.process(process())
                .parent(started ? process() : null)
                .parentKind(List.of(
                                ApplicationKind.BROKER,
                                ApplicationKind.LAUNCHER,
                                ApplicationKind.MAIL,
                                ApplicationKind.MAIL,
                                ApplicationKind.MAIL)
                        .get(random.nextInt(5)))
                .application(
                        application(),
                        List.of(
                                        ApplicationKind.BROWSER,
                                        ApplicationKind.BROWSER,
                                        ApplicationKind.BROWSER,
                                        ApplicationKind.MAIL,
                                        ApplicationKind.MAIL,
                                        ApplicationKind.BROKER)
                                .get(random.nextInt(6)));
    }

    private EvidenceDraft signIn() {
        return named("s", EventKind.LOGON, Role.SIGN_IN).signInRisk(random.nextBoolean() ? "high" : "medium");
    }

    private EvidenceDraft egress() {
        boolean isPosted = random.nextInt(4) == 0;
        var draft = named("e", isPosted ? EventKind.HTTP_REQUEST : EventKind.NETWORK_CONNECTION, Role.EGRESS)
                .posted(isPosted)
                .signInPage(random.nextInt(4) == 0)
                .domain(tenant(), score())
                .distributor(random.nextInt(6) == 0)
                .vendor(vendor())
                .urlFile(urlFile());
        return random.nextInt(3) == 0
                ? draft
                : draft.process(process()).application(application(), ApplicationKind.BROWSER);
    }

    private EvidenceDraft write() {
        boolean named = random.nextInt(3) == 0;
        boolean temporary = random.nextInt(5) == 0;
        var folder = named && random.nextInt(4) == 0 ? "" : places.downloads();
        var file = file();
        boolean nobody = random.nextInt(6) == 0;
        var draft = named("w", named ? EventKind.FILE_MARK : EventKind.FILE_WRITE, Role.WRITE)
                .domain(named ? tenantOrNone() : null, score())
                .vendor(vendor())
                .unnamed(temporary && random.nextBoolean())
                .pathRule(random.nextInt(3) == 0 ? "temp" : "downloads")
                .onlyReferrer(random.nextInt(5) == 0)
                .referrer(named && random.nextBoolean() ? tenantOrNone() : null)
                .path(folder + memberOf(folder) + (temporary ? "Unconfirmed 1.crdownload" : file))
                .finalName(temporary ? file : null)
                .renamedFrom(random.nextInt(6) == 0 ? places.downloads() + file() : null)
                .mark(random.nextInt(10) == 0 ? MarkAction.MISSING : MarkAction.NONE)
                .container(file.endsWith("iso"))
                .danger(FileDanger.values()[random.nextInt(FileDanger.values().length)])
                .deceptive(random.nextInt(8) == 0)
                .temporary(random.nextInt(8) == 0)
                .hash(random.nextInt(3) == 0 ? "h" + random.nextInt(3) : null);
        return nobody
                ? draft
                : draft.process(random.nextInt(4) == 0 ? null : process())
                        .application(
                                application(),
                                random.nextInt(4) == 0 ? ApplicationKind.ARCHIVER : ApplicationKind.BROWSER);
    }

    private @Nullable String vendor() {
        return random.nextInt(3) == 0 ? "vendor" + random.nextInt(2) : null;
    }

    /** The folder that an archive of downloads is unpacked to. */
    private String memberOf(String folder) {
        boolean isUnpacked = !folder.isEmpty() && random.nextInt(6) == 0;
        return isUnpacked ? "d" + folder.charAt(folder.length() - 1) : "";
    }

    private EvidenceDraft execution() {
        if (random.nextInt(8) == 0) {
            return named("x", random.nextBoolean() ? EventKind.FILE_MODE : EventKind.FILE_MARK, Role.EXECUTION)
                    .process(process())
                    .lolbin(random.nextBoolean())
                    .mark(MarkAction.REMOVED)
                    .path((random.nextBoolean() ? places.downloads() : places.downloadsOtherwise()) + file());
        }
        var draft = named("x", EventKind.PROCESS_START, Role.EXECUTION)
                .process(process())
                .parent(process())
                .responsible(random.nextInt(4) == 0 ? process() : null)
                .lolbin(random.nextBoolean())
                .pasted(random.nextInt(3) == 0)
                .signedBy(random.nextInt(4) == 0 ? "Vendor" : null)
                .signature(random.nextInt(4) == 0 ? SignatureStatus.values()[random.nextInt(6)] : null)
                .applicationKind(random.nextInt(4) == 0 ? ApplicationKind.ARCHIVER : ApplicationKind.UNKNOWN)
                .domain(random.nextInt(3) == 0 ? tenant() : null, score())
                .mounted(random.nextInt(4) == 0)
                .userWritable(random.nextBoolean())
                .hash(random.nextInt(3) == 0 ? "h" + random.nextInt(3) : null)
                .image(places.system());
        return switch (random.nextInt(6)) {
            case 0 -> draft.commandPath(places.downloadsOtherwise() + file());
            case 1 -> draft.image(places.downloads() + file());
            case 2 -> draft.commandPath(places.drive() + file());
            case 3 -> draft.commandPath(places.unpacked());
            case 4 -> draft.image(places.application());
            default -> draft;
        };
    }

    private String file() {
        return FILES.get(random.nextInt(FILES.size()));
    }

    private EvidenceDraft start() {
        return named("p", EventKind.PROCESS_START, Role.LINEAGE)
                .process(process())
                .parent(random.nextInt(6) == 0 ? null : process())
                .responsible(random.nextInt(4) == 0 ? process() : null);
    }

    private EvidenceDraft named(String kind, EventKind event, Role... roles) {
        return EvidenceDraft.of(kind + names++, event, roles);
    }

    private String process() {
        return "p" + random.nextInt(PROCESSES);
    }

    private @Nullable String application() {
        return random.nextInt(3) == 0 ? null : APPLICATIONS.get(random.nextInt(APPLICATIONS.size()));
    }

    private String tenant() {
        return TENANTS.get(random.nextInt(TENANTS.size()));
    }

    private @Nullable String tenantOrNone() {
        return random.nextInt(3) == 0 ? null : tenant();
    }

    private @Nullable String urlFile() {
        return random.nextInt(3) == 0 ? file() : null;
    }

    private PlaceNovelty novelty() {
        return List.of(
                        PlaceNovelty.NOT_ASKED,
                        PlaceNovelty.NEW,
                        PlaceNovelty.LEARNING,
                        PlaceNovelty.KNOWN,
                        PlaceNovelty.KNOWN)
                .get(random.nextInt(5));
    }

    private int score() {
        return List.of(0, 20, 30, 45, 50, 70, 80, 90).get(random.nextInt(8));
    }
}
