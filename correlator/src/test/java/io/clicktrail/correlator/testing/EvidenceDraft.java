package io.clicktrail.correlator.testing;

import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.event.Source;
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
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A piece of evidence being drafted; what is not said is absent. A file is a script unless it is said what it is. */
public final class EvidenceDraft {

    /** The day on which all tests happen. */
    public static final Instant NINE_O_CLOCK = Instant.parse("2026-03-02T09:00:00Z");

    private final String name;
    private final List<Role> roles = new ArrayList<>();
    private final List<String> commandPaths = new ArrayList<>();
    private EventKind kind = EventKind.OTHER;
    private Instant time = NINE_O_CLOCK;
    private String host = "ws1";
    private String dataset = "test";
    private Platform platform = Platform.WINDOWS;
    private HostVia via = HostVia.DIRECT;
    private List<String> otherHosts = List.of();
    private int score;
    private int offset;
    private boolean lolbin;
    private boolean onlyReferrer;
    private boolean mounted;
    private boolean container;
    private boolean userWritable;
    private boolean deceptive;
    private boolean temporary;
    private boolean firstProgram;
    private boolean allowed;
    private boolean pasted;
    private boolean weakClick;
    private boolean hostClock;
    private MarkAction mark = MarkAction.NONE;
    private FileDanger danger = FileDanger.RISKY;
    private PlaceNovelty novelty = PlaceNovelty.NOT_ASKED;
    private SuffixKind suffixKind = SuffixKind.ICANN;
    private @Nullable String responsible;
    private @Nullable String source;
    private @Nullable String user;
    private @Nullable String tenant;
    private @Nullable String referrer;
    private @Nullable String process;
    private @Nullable String parent;
    private ApplicationKind parentKind = ApplicationKind.UNKNOWN;
    private @Nullable String application;
    private ApplicationKind applicationKind = ApplicationKind.UNKNOWN;
    private @Nullable String image;
    private @Nullable String path;
    private @Nullable String finalName;
    private @Nullable String hash;
    private @Nullable String urlFile;
    private boolean wrapped;
    private boolean distributor;
    private @Nullable String publisher;
    private @Nullable SignatureStatus signature;
    private @Nullable String vendor;
    private @Nullable String pathRule;
    private boolean unnamed;
    private boolean posted;
    private boolean signInPage;
    private boolean imitates;
    private @Nullable String signInRisk;
    private long processOrder;
    private boolean withdrawn;

    private EvidenceDraft(String name) {
        this.name = name;
    }

    /** An event of this name; equal names on equal hosts are the same event. */
    public static EvidenceDraft of(String name, EventKind kind, Role... roles) {
        var draft = new EvidenceDraft(name);
        draft.kind = kind;
        draft.roles.addAll(List.of(roles));
        return draft;
    }

    public EvidenceDraft at(Duration afterNine) {
        time = NINE_O_CLOCK.plus(afterNine);
        return this;
    }

    public EvidenceDraft on(String host) {
        this.host = host;
        return this;
    }

    public EvidenceDraft dataset(String dataset) {
        this.dataset = dataset;
        return this;
    }

    public EvidenceDraft platform(Platform platform) {
        this.platform = platform;
        return this;
    }

    public EvidenceDraft by(@Nullable String user) {
        this.user = user;
        return this;
    }

    public EvidenceDraft via(HostVia via) {
        this.via = via;
        return this;
    }

    public EvidenceDraft perhapsOn(String otherHost) {
        this.otherHosts = List.of(otherHost);
        return this;
    }

    public EvidenceDraft domain(@Nullable String tenant, int score) {
        this.tenant = tenant;
        this.score = score;
        return this;
    }

    /** The same place, judged otherwise. */
    public EvidenceDraft score(int score) {
        this.score = score;
        return this;
    }

    /** One more part that the event plays. */
    public EvidenceDraft also(Role role) {
        if (!roles.contains(role)) {
            roles.add(role);
        }
        return this;
    }

    public EvidenceDraft referrer(@Nullable String referrer) {
        this.referrer = referrer;
        return this;
    }

    /** The mark names the page that led to the file, but not where the file came from. */
    public EvidenceDraft onlyReferrer(boolean onlyReferrer) {
        this.onlyReferrer = onlyReferrer;
        return this;
    }

    public EvidenceDraft process(@Nullable String process) {
        this.process = process;
        return this;
    }

    public EvidenceDraft parent(@Nullable String parent) {
        this.parent = parent;
        return this;
    }

    public EvidenceDraft parentKind(ApplicationKind parentKind) {
        this.parentKind = parentKind;
        return this;
    }

    public EvidenceDraft application(@Nullable String application, ApplicationKind kindOfApplication) {
        this.application = application;
        this.applicationKind = kindOfApplication;
        return this;
    }

    public EvidenceDraft image(@Nullable String image) {
        this.image = image;
        return this;
    }

    public EvidenceDraft path(@Nullable String path) {
        this.path = path;
        return this;
    }

    public EvidenceDraft finalName(@Nullable String finalName) {
        this.finalName = finalName;
        return this;
    }

    public EvidenceDraft hash(@Nullable String hash) {
        this.hash = hash;
        return this;
    }

    public EvidenceDraft commandPath(String commandPath) {
        commandPaths.add(commandPath);
        return this;
    }

    public EvidenceDraft lolbin(boolean lolbin) {
        this.lolbin = lolbin;
        return this;
    }

    public EvidenceDraft mounted(boolean mounted) {
        this.mounted = mounted;
        return this;
    }

    public EvidenceDraft container(boolean container) {
        this.container = container;
        return this;
    }

    public EvidenceDraft mark(MarkAction mark) {
        this.mark = mark;
        return this;
    }

    /** The application in whose name the process acts. */
    public EvidenceDraft responsible(@Nullable String responsible) {
        this.responsible = responsible;
        return this;
    }

    /** The path before a rename. */
    public EvidenceDraft renamedFrom(@Nullable String source) {
        this.source = source;
        return this;
    }

    public EvidenceDraft userWritable(boolean userWritable) {
        this.userWritable = userWritable;
        return this;
    }

    /** What the organisation knew of the place at that time. */
    public EvidenceDraft novelty(PlaceNovelty novelty) {
        this.novelty = novelty;
        return this;
    }

    /** Whether the place handed out its first program within the days before. */
    public EvidenceDraft firstProgram(boolean firstProgram) {
        this.firstProgram = firstProgram;
        return this;
    }

    /** The place is on the allow-list. */
    public EvidenceDraft allowed(boolean allowed) {
        this.allowed = allowed;
        return this;
    }

    /** The place is a bare address. */
    public EvidenceDraft bareAddress(boolean bareAddress) {
        this.suffixKind = bareAddress ? SuffixKind.ADDRESS : SuffixKind.ICANN;
        return this;
    }

    /** A trusted place that hands out programs. */
    /** Whose files alone the place hands out, or whose the file may be by its name. */
    public EvidenceDraft vendor(@Nullable String vendor) {
        this.vendor = vendor;
        return this;
    }

    /** Rule of the path catalogue that the file's path matched. */
    public EvidenceDraft pathRule(@Nullable String rule) {
        pathRule = rule;
        return this;
    }

    /** An unfinished download of which no name ever shows. */
    public EvidenceDraft unnamed(boolean unnamed) {
        this.unnamed = unnamed;
        return this;
    }

    public EvidenceDraft distributor(boolean distributor) {
        this.distributor = distributor;
        return this;
    }

    /** Last segment of the path of the clicked or requested URL, or of the file's origin. */
    public EvidenceDraft urlFile(@Nullable String urlFile) {
        this.urlFile = urlFile;
        return this;
    }

    public EvidenceDraft applicationKind(ApplicationKind kind) {
        this.applicationKind = kind;
        return this;
    }

    /** A known publisher signed the image. */
    public EvidenceDraft signedBy(@Nullable String publisher) {
        this.publisher = publisher;
        return this;
    }

    /** What the sensor says of the signature; null where it says nothing. */
    public EvidenceDraft signature(@Nullable SignatureStatus status) {
        this.signature = status;
        return this;
    }

    /** The URL is within the link of a mail gateway. */
    public EvidenceDraft wrapped(boolean wrapped) {
        this.wrapped = wrapped;
        return this;
    }

    public EvidenceDraft danger(FileDanger danger) {
        this.danger = danger;
        return this;
    }

    public EvidenceDraft deceptive(boolean deceptive) {
        this.deceptive = deceptive;
        return this;
    }

    /** A name that a browser gives a download until it is finished. */
    public EvidenceDraft temporary(boolean temporary) {
        this.temporary = temporary;
        return this;
    }

    public EvidenceDraft pasted(boolean pasted) {
        this.pasted = pasted;
        return this;
    }

    public EvidenceDraft weakClick(boolean weakClick) {
        this.weakClick = weakClick;
        return this;
    }

    public EvidenceDraft hostClock(boolean hostClock) {
        this.hostClock = hostClock;
        return this;
    }

    /** Another delivery of the same event. */
    public EvidenceDraft offset(int offset) {
        this.offset = offset;
        return this;
    }

    /** A request that sent a form. */
    public EvidenceDraft posted(boolean posted) {
        this.posted = posted;
        return this;
    }

    /** The URL is that of a page for signing in. */
    public EvidenceDraft signInPage(boolean signInPage) {
        this.signInPage = signInPage;
        return this;
    }

    /** The name of the place imitates another. */
    public EvidenceDraft imitates(boolean imitates) {
        this.imitates = imitates;
        return this;
    }

    /** What the identity provider calls the risk of a sign-in. */
    public EvidenceDraft signInRisk(String risk) {
        this.signInRisk = risk;
        return this;
    }

    /** Which version of the event it is, as its process became known. */
    public EvidenceDraft processOrder(long order) {
        this.processOrder = order;
        return this;
    }

    /** Nothing takes the place of the earlier versions. */
    public EvidenceDraft withdrawn() {
        this.withdrawn = true;
        roles.clear();
        return this;
    }

    /** Whether it plays a part in a chain itself, so that it is known again. */
    public boolean hasRole() {
        return roles.stream().anyMatch(role -> role != Role.LINEAGE);
    }

    public boolean isRequest() {
        return kind == EventKind.HTTP_REQUEST;
    }

    public String host() {
        return host;
    }

    public Instant time() {
        return time;
    }

    /** The event id that evidence of this name on this host has. */
    public static String eventId(String host, String name) {
        var id = UUID.nameUUIDFromBytes((host + "/" + name).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(id.getMostSignificantBits())
                + HexFormat.of().toHexDigits(id.getLeastSignificantBits());
    }

    private FilePreparation preparation() {
        return switch (kind) {
            case FILE_MODE -> FilePreparation.MADE_EXECUTABLE;
            case FILE_MARK -> roles.contains(Role.EXECUTION) ? FilePreparation.MARK_REMOVED : FilePreparation.NONE;
            default -> FilePreparation.NONE;
        };
    }

    public Evidence evidence() {
        var event = Event.newBuilder()
                .setEventId(eventId(host, name))
                .setTime(time)
                .setKind(kind)
                .setSource(new Source(dataset, "raw", 0, (long) offset, "00", 0))
                .setProcess(processOf())
                .setFile(fileOf())
                .setHttp(posted ? Http.newBuilder().setMethod("POST").build() : null)
                .setLogon(
                        signInRisk == null
                                ? null
                                : Logon.newBuilder().setRisk(signInRisk).build())
                .build();
        return Evidence.newBuilder()
                .setEvent(event)
                .setPreparation(preparation())
                .setHost(host)
                .setHostVia(via)
                .setOtherHosts(otherHosts)
                .setPlatform(platform)
                .setRoles(List.copyOf(roles))
                .setUser(user)
                .setDomain(domainOf())
                .setFile(fileRiskOf())
                .setProcess(processRiskOf())
                .setWeakClick(weakClick)
                .setHostClock(hostClock)
                .setTuningVersion("test-1")
                .setProcessOrder(processOrder)
                .setWithdrawn(withdrawn)
                .build();
    }

    private @Nullable Process processOf() {
        if (process == null && image == null) {
            return null;
        }
        boolean ran = roles.contains(Role.EXECUTION);
        return Process.newBuilder()
                .setEntityId(process)
                .setExecutable(image)
                .setHash(ran && hash != null ? new Hash(null, null, hash) : null)
                .setParent(parent == null ? null : new ParentProcess(parent, null, null, null))
                .setResponsible(responsible == null ? null : new ParentProcess(responsible, null, null, null))
                .setCodeSignature(signature == null ? null : new CodeSignature(null, null, null, signature, null))
                .build();
    }

    private @Nullable File fileOf() {
        if (path == null) {
            return null;
        }
        return File.newBuilder()
                .setPath(path)
                .setName(path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1))
                .setOriginalPath(source)
                .setMark(mark)
                .setOriginUrl(tenant == null || onlyReferrer ? null : url())
                .setHash(hash == null ? null : new Hash(null, null, hash))
                .build();
    }

    private @Nullable DomainRisk domainOf() {
        if (tenant == null) {
            return null;
        }
        return DomainRisk.newBuilder()
                .setUrl(hasNoUrl() ? null : wrapped ? "https://gateway.example/v3/__x__/" : url())
                .setTargetUrl(!hasNoUrl() && wrapped ? url() : null)
                .setHost(tenant)
                .setTenantKey(tenant)
                .setSuffixKind(suffixKind)
                .setNovelty(novelty)
                .setFirstProgram(firstProgram)
                .setDistributor(distributor)
                .setVendor(distributor ? vendor : null)
                .setAllowList(allowed ? tenant + ": test" : null)
                .setScore(score)
                .setParts(imitates ? List.of(new ScorePart("combosquat", 14, "a known name in it", null)) : List.of())
                .setBand(RiskBand.HIGH)
                .build();
    }

    private boolean hasNoUrl() {
        return urlFile == null && !signInPage;
    }

    private String url() {
        return "https://" + tenant + (signInPage ? "/Login/" : "/get/") + (urlFile == null ? "" : urlFile + "?id=1");
    }

    private @Nullable FileRisk fileRiskOf() {
        if (path == null) {
            return null;
        }
        return FileRisk.newBuilder()
                .setUserWritable(true)
                .setExtensionClass(container ? ExtensionClass.CONTAINER : ExtensionClass.SCRIPT)
                .setDanger(danger)
                .setDeceptiveName(deceptive)
                .setTemporaryName(temporary || finalName != null)
                .setFinalName(finalName)
                .setPathRule(pathRule)
                .setVendor(vendor)
                .setUnnamed(unnamed && finalName == null)
                .setReferrerTenantKey(referrer)
                .build();
    }

    private @Nullable ProcessRisk processRiskOf() {
        if (process == null && image == null && application == null) {
            return null;
        }
        return ProcessRisk.newBuilder()
                .setApplication(application)
                .setApplicationKind(applicationKind)
                .setParentKind(parentKind)
                .setLolbin(lolbin)
                .setPasted(pasted)
                .setImageUserWritable(userWritable)
                .setUserPaths(List.copyOf(commandPaths))
                .setFromMountedDrive(mounted)
                .setPublisher(publisher)
                .build();
    }
}
