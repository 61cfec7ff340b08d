package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.ChainEvent.Run;
import io.clicktrail.correlator.chain.ChainEvent.Written;
import io.clicktrail.correlator.chain.Fingerprint.Letters;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.RiskBands;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from a piece of evidence what matching needs, as fingerprints and flags of bounded size. */
final class EvidenceParser {

    private static final long[] NO_PATHS = {};
    private static final String BUNDLE_END = ".app/";
    private static final String SAFARI_FOLDER = ".download";
    private static final String ARCHIVE_END = ".zip";

    /** Rule of the path catalogue; browsers save downloads elsewhere. */
    private static final String TEMPORARY_FILES = "temp";

    /** Part of the score of a place on the list of names in daily use. */
    private static final String POPULAR = "popular";

    /** Parts of the score of a place whose name, or that of its host, imitates another. */
    private static final Set<String> IMITATIONS =
            Set.of("lookalike", "typosquat", "combosquat", "brand_in_subdomain", "own_organisation");

    private static final String HIGH_RISK = "high";

    private EvidenceParser() {}

    static ParsedEvidence read(Evidence evidence) {
        var event = evidence.getEvent();
        var process = event.getProcess();
        var risk = evidence.getProcess();
        var domain = evidence.getDomain();
        var letters = Letters.of(evidence.getPlatform());
        long time = micros(event.getTime());
        int roles = rolesOf(evidence.getRoles());
        boolean isStart = event.getKind() == EventKind.PROCESS_START;

        long entity = process == null ? Fingerprint.ABSENT : Fingerprint.of(process.getEntityId());
        long parent = process == null ? Fingerprint.ABSENT : entityOf(process.getParent());
        long application = risk == null ? Fingerprint.ABSENT : Fingerprint.of(risk.getApplication());
        long opener = Fingerprint.ABSENT;
        long actor = (roles & ChainEvent.EXECUTION) != 0 && !isStart ? Fingerprint.ABSENT : entity;
        if ((roles & ChainEvent.CLICK) != 0) {
            var kind = risk == null ? ApplicationKind.UNKNOWN : risk.getApplicationKind();
            if (opensForOthers(event.getKind(), kind)) {
                opener = !isStart && isBroker(kind) ? Fingerprint.ABSENT : entity;
                actor = Fingerprint.ABSENT;
                application = Fingerprint.ABSENT;
            } else if (isStart) {
                opener = risk != null && isBroker(risk.getParentKind()) ? Fingerprint.ABSENT : parent;
            }
        }
        var chainEvent = new ChainEvent(
                EventId.of(event.getEventId()),
                time,
                0,
                roles,
                traitsOf(evidence, roles),
                domain == null ? 0 : domain.getScore(),
                UserFingerprint.of(evidence.getUser()),
                actor,
                opener,
                application,
                tenantOf(evidence, roles),
                referrerOf(evidence),
                (roles & ChainEvent.WRITE) == 0 ? null : writtenBy(evidence, letters),
                (roles & ChainEvent.EXECUTION) == 0 ? null : runBy(evidence, letters),
                vendorOf(evidence, roles),
                urlNameOf(evidence, roles, letters));
        return new ParsedEvidence(
                chainEvent, isStart && !evidence.getWithdrawn() ? startsOf(entity, parent, process, time) : List.of());
    }

    private static @Nullable String tenantOf(Evidence evidence, int roles) {
        if (roles == ChainEvent.SIGN_IN) {
            return OwnTenants.organisationOf(evidence.getUser());
        }
        var domain = evidence.getDomain();
        return domain == null || isOnlyReferrer(evidence, roles) ? null : domain.getTenantKey();
    }

    /** Whether what acted hands the link to a browser that the event does not name. */
    private static boolean opensForOthers(EventKind event, ApplicationKind kind) {
        return event == EventKind.URL_OPEN
                ? kind != ApplicationKind.BROWSER
                : event == EventKind.PROCESS_START && isBroker(kind);
    }

    /** A broker opens links and starts programs for everybody, so what it started says nothing of who clicked. */
    private static boolean isBroker(ApplicationKind kind) {
        return kind == ApplicationKind.BROKER || kind == ApplicationKind.LAUNCHER;
    }

    private static long entityOf(@Nullable ParentProcess process) {
        return process == null ? Fingerprint.ABSENT : Fingerprint.of(process.getEntityId());
    }

    private static List<ProcessStart> startsOf(long entity, long parent, @Nullable Process process, long time) {
        long responsible = process == null ? Fingerprint.ABSENT : entityOf(process.getResponsible());
        boolean hasParent = entity != Fingerprint.ABSENT && parent != Fingerprint.ABSENT;
        boolean hasResponsible = entity != Fingerprint.ABSENT
                && responsible != Fingerprint.ABSENT
                && responsible != entity
                && responsible != parent;
        if (hasParent && hasResponsible) {
            return List.of(new ProcessStart(entity, parent, time, 0), new ProcessStart(entity, responsible, time, 0));
        }
        return hasParent || hasResponsible
                ? List.of(new ProcessStart(entity, hasParent ? parent : responsible, time, 0))
                : List.of();
    }

    /**
     * Whether the judged domain is that of the page that led to the file, because the mark does not name the origin.
     */
    private static boolean isOnlyReferrer(Evidence evidence, int roles) {
        var file = evidence.getEvent().getFile();
        return (roles & ChainEvent.WRITE) != 0 && file != null && file.getOriginUrl() == null;
    }

    /**
     * Who led to the file. A file of a place that has been known here for long is from there, whoever led to it:
     * newsletters and redirectors link to vendors' installers. Delivery networks that are only allowed or popular serve
     * anybody's files.
     */
    private static @Nullable String referrerOf(Evidence evidence) {
        var file = evidence.getFile();
        var origin = evidence.getDomain();
        boolean isTrusted = origin != null
                && !isOnlyReferrer(evidence, ChainEvent.WRITE)
                && origin.getScore() < RiskBands.HIGH
                && origin.getNovelty() == PlaceNovelty.KNOWN
                && !origin.getFirstProgram();
        return file == null || isTrusted ? null : file.getReferrerTenantKey();
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private static int rolesOf(List<Role> roles) {
        int bits = 0;
        for (int i = 0; i < roles.size(); i++) {
            bits |= switch (roles.get(i)) {
                case LINEAGE -> 0;
                case CLICK -> ChainEvent.CLICK;
                case EGRESS -> ChainEvent.EGRESS;
                case WRITE -> ChainEvent.WRITE;
                case EXECUTION -> ChainEvent.EXECUTION;
                case SIGN_IN -> ChainEvent.SIGN_IN;
            };
        }
        return bits;
    }

    private static int traitsOf(Evidence evidence, int roles) {
        int bits = evidence.getHostVia() == HostVia.DIRECT
                        && evidence.getOtherHosts().isEmpty()
                ? 0
                : ChainEvent.WEAK;
        var risk = evidence.getProcess();
        var event = evidence.getEvent();
        if (risk != null && risk.getLolbin() && event.getKind() == EventKind.PROCESS_START) {
            bits |= ChainEvent.LOLBIN;
        }
        var file = evidence.getFile();
        if (file != null && file.getExtensionClass() == ExtensionClass.CONTAINER) {
            bits |= ChainEvent.CONTAINER;
        }
        if (event.getFile() != null && event.getFile().getMark() == MarkAction.MISSING) {
            bits |= ChainEvent.UNMARKED;
        }
        bits |= isUnpacked(evidence) ? ChainEvent.UNPACKED : 0;
        bits |= risk != null && risk.getPasted() ? ChainEvent.PASTED : 0;
        bits |= (roles & ChainEvent.EXECUTION) != 0 && risk != null && isTrustedProgram(risk) ? ChainEvent.HARMLESS : 0;
        bits |= (roles & ChainEvent.EXECUTION) != 0 && risk != null && isArchiver(risk) ? ChainEvent.NO_DOWNLOADER : 0;
        bits |= (roles & ChainEvent.EXECUTION) != 0 && isBadlySigned(event) ? ChainEvent.RISKY : 0;
        bits |= evidence.getPreparation() == FilePreparation.NONE ? 0 : ChainEvent.PREPARED;
        bits |= evidence.getWeakClick() ? ChainEvent.WEAK_CLICK : 0;
        bits |= evidence.getHostClock() ? ChainEvent.HOST_CLOCK : 0;
        bits |= (roles & ChainEvent.WRITE) != 0 && isSettled(evidence) ? ChainEvent.SETTLED : 0;
        bits |= (roles & ChainEvent.WRITE) != 0 && isNoDownload(risk, file) ? ChainEvent.NO_DOWNLOADER : 0;
        bits |= (roles & ChainEvent.EGRESS) != 0 && isAddressAlone(evidence) ? ChainEvent.ADDRESS_ALONE : 0;
        bits |= (roles & ChainEvent.EGRESS) != 0 && isDistributor(evidence) ? ChainEvent.DISTRIBUTOR : 0;
        bits |= (roles & ChainEvent.EGRESS) != 0 && FormRequests.sendsForm(event) ? ChainEvent.POSTED : 0;
        bits |= (roles & (ChainEvent.CLICK | ChainEvent.EGRESS)) != 0 && asksToSignIn(evidence)
                ? ChainEvent.SIGN_IN_PAGE
                : 0;
        bits |= (roles & ChainEvent.SIGN_IN) != 0 && isHighRisk(event) ? ChainEvent.RISKY : 0;
        return bits | traitsOf(evidence.getDomain()) | traitsOf(file);
    }

    private static boolean asksToSignIn(Evidence evidence) {
        var domain = evidence.getDomain();
        var url = domain == null ? null : domain.getTargetUrl() == null ? domain.getUrl() : domain.getTargetUrl();
        return url != null && FormRequests.asksToSignIn(url);
    }

    private static boolean isHighRisk(Event event) {
        return event.getLogon() != null && HIGH_RISK.equals(event.getLogon().getRisk());
    }

    private static boolean isDistributor(Evidence evidence) {
        return evidence.getDomain() != null && evidence.getDomain().getDistributor();
    }

    private static boolean isAddressAlone(Evidence evidence) {
        var domain = evidence.getDomain();
        return domain != null
                && domain.getSuffixKind() == SuffixKind.ADDRESS
                && domain.getUrl() == null
                && evidence.getEvent().getUrl() == null;
    }

    /** What a known publisher signed, and archive tools, which open what came and run none of it. */
    private static boolean isTrustedProgram(ProcessRisk risk) {
        return risk.getPublisher() != null || risk.getApplicationKind() == ApplicationKind.ARCHIVER;
    }

    private static boolean isArchiver(ProcessRisk risk) {
        return risk.getPublisher() == null && risk.getApplicationKind() == ApplicationKind.ARCHIVER;
    }

    /** By the sensor: a signature that has only expired is none of them, as most are not stamped with a time. */
    private static boolean isBadlySigned(Event event) {
        var signature = event.getProcess() == null ? null : event.getProcess().getCodeSignature();
        return event.getKind() == EventKind.PROCESS_START
                && signature != null
                && switch (signature.getStatus()) {
                    case UNSIGNED, INVALID, REVOKED -> true;
                    case UNKNOWN, VALID, EXPIRED -> false;
                };
    }

    /** Whether it was written by what saves no downloads, or by nobody knows what into a folder for temporary files. */
    private static boolean isNoDownload(@Nullable ProcessRisk risk, @Nullable FileRisk file) {
        return risk == null ? file != null && TEMPORARY_FILES.equals(file.getPathRule()) : !savesDownloads(risk);
    }

    private static boolean savesDownloads(ProcessRisk risk) {
        return switch (risk.getApplicationKind()) {
            case BROWSER, WEBVIEW, MAIL, CHAT, OFFICE, READER -> true;
            case BROKER, LAUNCHER, ARCHIVER, LOLBIN, UNKNOWN -> false;
        };
    }

    private static int traitsOf(@Nullable DomainRisk domain) {
        if (domain == null) {
            return 0;
        }
        if (isOrdinary(domain)) {
            return ChainEvent.KNOWN_PLACE;
        }
        int bits = domain.getFirstProgram() ? ChainEvent.FIRST_PROGRAM : 0;
        bits |= imitates(domain) ? ChainEvent.IMITATES : 0;
        return bits
                | switch (domain.getNovelty()) {
                    case NEW -> ChainEvent.NEW_PLACE;
                    case LEARNING -> ChainEvent.LEARNING_PLACE;
                    case KNOWN -> ChainEvent.KNOWN_PLACE;
                    case NOT_ASKED -> domain.getSuffixKind() == SuffixKind.ADDRESS ? ChainEvent.NEW_PLACE : 0;
                };
    }

    private static boolean imitates(DomainRisk domain) {
        for (int i = 0; i < domain.getParts().size(); i++) {
            if (IMITATIONS.contains(domain.getParts().get(i).getName())) {
                return true;
            }
        }
        return false;
    }

    /** What is allowed, popular or internal is as good as known: whether it is new here is not asked. */
    private static boolean isOrdinary(DomainRisk domain) {
        if (domain.getInternal() || domain.getAllowList() != null) {
            return true;
        }
        for (int i = 0; !domain.getSharedHosting() && i < domain.getParts().size(); i++) {
            if (domain.getParts().get(i).getName().equals(POPULAR)) {
                return true;
            }
        }
        return false;
    }

    private static int traitsOf(@Nullable FileRisk file) {
        if (file == null) {
            return 0;
        }
        if (file.getDanger() == FileDanger.RISKY || file.getDeceptiveName()) {
            return ChainEvent.RISKY;
        }
        boolean isUnfinished = file.getTemporaryName() && file.getFinalName() == null && !file.getUnnamed();
        return file.getDanger() == FileDanger.HARMLESS || isUnfinished ? ChainEvent.HARMLESS : 0;
    }

    /**
     * Whether nothing is awaited that could speak of another origin of the file, a mark or a connection to a place that
     * hands out programs: the file names its origin itself.
     */
    private static boolean isSettled(Evidence evidence) {
        var file = evidence.getFile();
        return file != null && file.getReferrerTenantKey() != null
                || evidence.getDomain() != null && !isOnlyReferrer(evidence, ChainEvent.WRITE);
    }

    /** Whose files alone a place hands out, or whose a file that names no origin may be by its name. */
    private static long vendorOf(Evidence evidence, int roles) {
        var domain = evidence.getDomain();
        var file = evidence.getFile();
        if ((roles & ChainEvent.WRITE) != 0) {
            boolean namesOrigin = domain != null || file != null && file.getReferrerTenantKey() != null;
            return file == null || namesOrigin ? Fingerprint.ABSENT : Fingerprint.of(file.getVendor());
        }
        return domain == null || !domain.getDistributor() ? Fingerprint.ABSENT : Fingerprint.of(domain.getVendor());
    }

    /** Fingerprint of the file that a URL names: the last segment of its path, where that has a dot. */
    private static long urlNameOf(Evidence evidence, int roles, Letters letters) {
        var event = evidence.getEvent();
        var domain = evidence.getDomain();
        var url = (roles & ChainEvent.WRITE) != 0 && event.getFile() != null
                ? event.getFile().getOriginUrl()
                : domain != null && domain.getUrl() != null
                        ? domain.getTargetUrl() == null ? domain.getUrl() : domain.getTargetUrl()
                        : event.getUrl() == null ? null : event.getUrl().getOriginal();
        return url == null ? Fingerprint.ABSENT : Fingerprint.ofName(UrlNames.fileOf(url), letters);
    }

    private static boolean isUnpacked(Evidence evidence) {
        var risk = evidence.getProcess();
        if (risk == null) {
            return false;
        }
        if (risk.getFromMountedDrive() || UnpackFolders.contain(executableOf(evidence))) {
            return true;
        }
        for (int i = 0; i < risk.getUserPaths().size(); i++) {
            if (UnpackFolders.contain(risk.getUserPaths().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String executableOf(Evidence evidence) {
        var process = evidence.getEvent().getProcess();
        return process == null ? null : process.getExecutable();
    }

    private static @Nullable Written writtenBy(Evidence evidence, Letters letters) {
        var file = evidence.getEvent().getFile();
        if (file == null) {
            return null;
        }
        var risk = evidence.getFile();
        var finalName = risk == null ? null : risk.getFinalName();
        var hash = file.getHash();
        return new Written(
                Fingerprint.ofPath(file.getPath(), letters),
                Fingerprint.ofName(file.getPath(), letters),
                finalName == null
                        ? Fingerprint.ABSENT
                        : Fingerprint.ofSibling(outsideDownload(file.getPath(), finalName), finalName, letters),
                Fingerprint.ofName(finalName, letters),
                hash == null ? Fingerprint.ABSENT : Fingerprint.of(hash.getSha256()),
                Fingerprint.ofPath(
                        file.getOriginalPath() == null ? archiveOf(evidence) : file.getOriginalPath(), letters),
                risk != null && risk.getUnnamed() ? folderOf(file.getPath(), letters) : Fingerprint.ABSENT);
    }

    private static long folderOf(String path, Letters letters) {
        int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return end <= 0 ? Fingerprint.ABSENT : Fingerprint.ofPath(path.substring(0, end), letters);
    }

    /**
     * The archive that a member which can run was unpacked from, if it was: file managers unpack {@code a.zip} to the
     * folder {@code a} beside it, and name no archive. What people save downloads with unpacks none.
     */
    private static @Nullable String archiveOf(Evidence evidence) {
        var path = evidence.getEvent().getFile().getPath();
        int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        boolean isSaved = evidence.getProcess() != null && savesDownloads(evidence.getProcess());
        return end > 0 && !isSaved && (traitsOf(evidence.getFile()) & ChainEvent.RISKY) != 0
                ? path.substring(0, end) + ARCHIVE_END
                : null;
    }

    /** Safari writes into {@code X.download/X} and moves the finished file beside that folder. */
    private static String outsideDownload(String path, String finalName) {
        var folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        return folder.endsWith("/" + finalName + SAFARI_FOLDER) ? folder : path;
    }

    private static Run runBy(Evidence evidence, Letters letters) {
        var event = evidence.getEvent();
        if (event.getKind() != EventKind.PROCESS_START) {
            return preparedFile(event.getFile(), letters);
        }
        var process = event.getProcess();
        var hash = process == null ? null : process.getHash();
        var risk = evidence.getProcess();
        var bundle = risk != null && risk.getImageUserWritable() ? bundleOf(executableOf(evidence)) : null;
        int given =
                risk == null ? 0 : Math.min(Run.MAX_PATHS, risk.getUserPaths().size());
        int count = bundle == null ? given : Math.min(Run.MAX_PATHS, given + 1);
        var paths = count == 0 ? NO_PATHS : new long[count];
        var names = count == 0 ? NO_PATHS : new long[count];
        for (int i = 0; i < count; i++) {
            var path = bundle != null && i == count - 1
                    ? bundle
                    : risk.getUserPaths().get(i);
            paths[i] = Fingerprint.ofPath(path, letters);
            names[i] = Fingerprint.ofName(path, letters);
        }
        return new Run(
                Fingerprint.ofPath(executableOf(evidence), letters),
                Fingerprint.ofName(executableOf(evidence), letters),
                hash == null ? Fingerprint.ABSENT : Fingerprint.of(hash.getSha256()),
                evidence.getPlatform() == Platform.LINUX ? folderOf(evidence, letters) : Fingerprint.ABSENT,
                paths,
                names);
    }

    /** Folder of what ran, where users can write there: of the image, else of the first path on the command line. */
    private static long folderOf(Evidence evidence, Letters letters) {
        var risk = evidence.getProcess();
        if (risk == null) {
            return Fingerprint.ABSENT;
        }
        var image = risk.getImageUserWritable() ? executableOf(evidence) : null;
        var path = image == null ? firstFile(risk.getUserPaths()) : image;
        return path == null ? Fingerprint.ABSENT : folderOf(path, letters);
    }

    /** The first of the paths that is no folder of another one: {@code unzip -d folder folder/archive.zip}. */
    private static @Nullable String firstFile(List<String> paths) {
        for (var path : paths) {
            var folder = path + "/";
            boolean isFolder = false;
            for (int i = 0; i < paths.size(); i++) {
                isFolder |= paths.get(i).startsWith(folder);
            }
            if (!isFolder) {
                return path;
            }
        }
        return null;
    }

    /** A file that was made executable, or that lost the mark of a download. */
    private static Run preparedFile(@Nullable File file, Letters letters) {
        return file == null
                ? new Run(
                        Fingerprint.ABSENT,
                        Fingerprint.ABSENT,
                        Fingerprint.ABSENT,
                        Fingerprint.ABSENT,
                        NO_PATHS,
                        NO_PATHS)
                : new Run(
                        Fingerprint.ofPath(file.getPath(), letters),
                        Fingerprint.ofName(file.getPath(), letters),
                        Fingerprint.ABSENT,
                        Fingerprint.ABSENT,
                        NO_PATHS,
                        NO_PATHS);
    }

    /** The application bundle of macOS that an image is in. */
    private static @Nullable String bundleOf(@Nullable String executable) {
        if (executable == null) {
            return null;
        }
        int end = executable.indexOf(BUNDLE_END);
        return end < 0 ? null : executable.substring(0, end + BUNDLE_END.length() - 1);
    }
}
