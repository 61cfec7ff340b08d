package io.clicktrail.enricher;

import io.clicktrail.enricher.click.MailSites;
import io.clicktrail.enricher.domain.AllowHits;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.file.FileAssessor;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.file.FilePreparations;
import io.clicktrail.enricher.identity.Accounts;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.Resolution;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.Intel;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.process.ProcessAssessor;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.File;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.QuarantinePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into evidence. {@link #judge} says what can be said at once; where that needs the host of an address
 * or the first sight of a domain, {@link #located} and {@link #finished} complete it. An instance remembers hosts that
 * it has judged and belongs to one thread.
 */
public final class Enrichment {

    private static final int ZONE_INTERNET = 3;

    /** Prefix of the key of events that name neither host nor address nor user. */
    private static final String NOBODY = "none:";

    private final DomainScorer domains;
    private final Intel intel;
    private final SharedAddresses shared;
    private final MailSites mailSites;

    /** @param catalogues the lists that the tunings to judge with were compiled from */
    public Enrichment(Catalogues catalogues, Intel intel, SharedAddresses shared, AllowHits allowHits) {
        this.intel = intel;
        this.shared = shared;
        this.mailSites = catalogues.mailSites();
        this.domains = new DomainScorer(catalogues.domains(), new UrlParser(catalogues.extensions()), intel, allowHits);
    }

    /** An enrichment without intel, with no address that is known to be shared. */
    public Enrichment(Catalogues catalogues) {
        this(
                catalogues,
                new Intel(new IntelTable(1), catalogues.domains().intelWeight()),
                SharedAddresses.of(Map.of()),
                AllowHits.UNCOUNTED);
    }

    /**
     * Judges an event.
     *
     * @param key key of the event: its host, {@code ip:…}, {@code user:…} or {@code none:…}
     * @return evidence that may still await host or novelty; with no roles where it is only the sight of a domain; null
     *     where the event can play no part in a chain, or tells of what was blocked or failed
     */
    public @Nullable Evidence judge(Event event, String key, CompiledTuning tuning) {
        if (event.getOutcome() == EventOutcome.FAILURE) {
            return null;
        }
        return switch (event.getKind()) {
            case PROCESS_START -> processStart(event, key, tuning);
            case URL_OPEN -> urlOpen(event, key, tuning);
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST -> egress(event, key, tuning);
            case FILE_WRITE -> write(event, key, tuning);
            case FILE_MARK -> mark(event, key, tuning);
            case FILE_MODE -> madeReady(event, key, tuning);
            case HEARTBEAT -> evidence(event, key, tuning, List.of(), null, null, null);
            case PROCESS_END, EMAIL, LOGON, ADDRESS_LEASE, SECURITY_ALERT, OTHER -> null;
        };
    }

    /**
     * The evidence with what intel says by now; null where that is no more than it said before. Evidence of no role
     * that is the sight of a place becomes egress or click when intel names the place.
     */
    public @Nullable Evidence raised(Evidence evidence, CompiledTuning tuning) {
        Event event = evidence.getEvent();
        @Nullable DomainRisk domain = evidence.getDomain();
        @Nullable DomainRisk raised = domain == null ? null : domains.raised(domain, event.getTime());
        @Nullable FileRisk file = evidence.getFile();
        List<IntelMatch> ofFile = file == null ? List.of() : intel.ofFile(hashOfFile(event), event.getTime());
        boolean fileRaised = file != null && Intel.floor(ofFile) > Intel.floor(file.getIntel());
        @Nullable ProcessRisk process = evidence.getProcess();
        List<IntelMatch> ofImage = process == null ? List.of() : intel.ofFile(hashOfImage(event), event.getTime());
        boolean imageRaised = process != null && Intel.floor(ofImage) > Intel.floor(process.getIntel());
        if (raised == null && !fileRaised && !imageRaised) {
            return null;
        }
        List<Role> roles = raised == null ? evidence.getRoles() : roles(evidence, raised, tuning);
        return new Evidence(
                event,
                evidence.getHost(),
                evidence.getHostVia(),
                evidence.getOtherHosts(),
                evidence.getPlatform(),
                roles,
                evidence.getUser(),
                raised == null ? domain : raised,
                fileRaised ? withIntel(file, ofFile) : file,
                imageRaised ? withIntel(process, ofImage) : process,
                evidence.getTuningVersion(),
                evidence.getSharedAddress(),
                evidence.getPreparation());
    }

    /** The roles of evidence whose place intel names: it regains what the allow-list or a low score took from it. */
    private static List<Role> roles(Evidence evidence, DomainRisk raised, CompiledTuning tuning) {
        @Nullable
        Role earned = switch (evidence.getEvent().getKind()) {
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST ->
                DomainScorer.greatestScore(raised, tuning.domains())
                                >= tuning.document().getDomainRiskScore()
                        ? Role.EGRESS
                        : null;
            case URL_OPEN -> evidence.getSharedAddress() == null ? Role.CLICK : null;
            case PROCESS_START,
                    PROCESS_END,
                    FILE_WRITE,
                    FILE_MARK,
                    FILE_MODE,
                    EMAIL,
                    LOGON,
                    ADDRESS_LEASE,
                    SECURITY_ALERT,
                    HEARTBEAT,
                    OTHER -> null;
        };
        if (earned == null || evidence.getRoles().contains(earned)) {
            return evidence.getRoles();
        }
        List<Role> roles = new ArrayList<>(evidence.getRoles());
        roles.add(earned);
        return List.copyOf(roles);
    }

    private static FileRisk withIntel(FileRisk risk, List<IntelMatch> matches) {
        return new FileRisk(
                risk.getUserWritable(),
                risk.getPathRule(),
                risk.getExtensionClass(),
                risk.getHighRiskExtension(),
                risk.getDeceptiveName(),
                risk.getTemporaryName(),
                risk.getFinalName(),
                risk.getReferrerTenantKey(),
                matches);
    }

    private static ProcessRisk withIntel(ProcessRisk risk, List<IntelMatch> matches) {
        return new ProcessRisk(
                risk.getApplication(),
                risk.getApplicationKind(),
                risk.getParentApplication(),
                risk.getParentKind(),
                risk.getLolbin(),
                risk.getImageUserWritable(),
                risk.getUserPaths(),
                risk.getFromMountedDrive(),
                matches);
    }

    private static @Nullable String hashOfFile(Event event) {
        @Nullable Hash hash = event.getFile() == null ? null : event.getFile().getHash();
        return hash == null ? null : hash.getSha256();
    }

    private static @Nullable String hashOfImage(Event event) {
        @Nullable
        Hash hash = event.getProcess() == null ? null : event.getProcess().getHash();
        return hash == null ? null : hash.getSha256();
    }

    /** True where an indicator that comes later could make more of the evidence. */
    public static boolean isRaisable(Evidence evidence) {
        boolean hasPlace = evidence.getHostVia() != HostVia.UNRESOLVED || LeaseClaims.isKey(evidence.getHost());
        @Nullable DomainRisk domain = evidence.getDomain();
        return hasPlace
                && (domain != null && !domain.getInternal()
                        || evidence.getFile() != null && hashOfFile(evidence.getEvent()) != null
                        || evidence.getProcess() != null && hashOfImage(evidence.getEvent()) != null);
    }

    /** All that can be said of an event, whether it can be part of a chain or not. */
    public Evidence describe(Event event, String key, CompiledTuning tuning) {
        @Nullable
        DomainRisk domain = switch (event.getKind()) {
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST -> EgressTarget.of(event, domains, tuning.domains(), 0);
            case FILE_WRITE, FILE_MARK ->
                judged(event.getFile() == null ? null : event.getFile().getOriginUrl(), event, tuning);
            case URL_OPEN,
                    PROCESS_START,
                    PROCESS_END,
                    FILE_MODE,
                    EMAIL,
                    LOGON,
                    ADDRESS_LEASE,
                    SECURITY_ALERT,
                    HEARTBEAT,
                    OTHER ->
                judged(event.getUrl() == null ? null : event.getUrl().getOriginal(), event, tuning);
        };
        @Nullable File file = event.getFile();
        @Nullable FileRisk risk = file == null ? null : judged(file, event, null, tuning);
        return evidence(event, key, tuning, List.of(), domain, risk, process(event, tuning));
    }

    /** True where {@link #finished} must be called with what the first-seen store knows of the tenant key. */
    public static boolean awaitsNovelty(Evidence evidence) {
        DomainRisk domain = evidence.getDomain();
        return domain != null && DomainScorer.awaitsNovelty(domain);
    }

    /** True where {@link #located} must be called with whose host the key was. */
    public static boolean awaitsHost(Evidence evidence) {
        return evidence.getHostVia() == HostVia.UNRESOLVED
                && evidence.getSharedAddress() == null
                && !evidence.getRoles().isEmpty();
    }

    /** The evidence under the host that held its address or had its user. */
    public static Evidence located(Evidence evidence, Resolution.Known known) {
        return new Evidence(
                evidence.getEvent(),
                known.host(),
                via(evidence.getHost()),
                known.others(),
                evidence.getPlatform(),
                evidence.getRoles(),
                known.user() == null ? evidence.getUser() : known.user(),
                evidence.getDomain(),
                evidence.getFile(),
                evidence.getProcess(),
                evidence.getTuningVersion(),
                evidence.getSharedAddress() == null ? known.shared() : evidence.getSharedAddress(),
                evidence.getPreparation());
    }

    private static HostVia via(String key) {
        if (key.startsWith(LeaseClaims.ADDRESS)) {
            return HostVia.ADDRESS_LEASE;
        }
        return key.startsWith(LeaseClaims.USER) ? HostVia.USER_LEASE : HostVia.DIRECT;
    }

    /** The evidence with the final judgement of its domain; null where that leaves it no role. */
    public static @Nullable Evidence finished(Evidence evidence, Novelty novelty, CompiledTuning tuning) {
        DomainRisk pending = evidence.getDomain();
        if (pending == null || evidence.getRoles().isEmpty()) {
            return null;
        }
        DomainRisk domain =
                DomainScorer.withNovelty(pending, evidence.getEvent().getTime(), novelty, tuning.domains());
        List<Role> roles = new ArrayList<>(evidence.getRoles());
        if (domain.getScore() < tuning.document().getDomainRiskScore()) {
            roles.remove(Role.EGRESS);
        }
        if (roles.isEmpty()) {
            return null;
        }
        return new Evidence(
                evidence.getEvent(),
                evidence.getHost(),
                evidence.getHostVia(),
                evidence.getOtherHosts(),
                evidence.getPlatform(),
                List.copyOf(roles),
                evidence.getUser(),
                domain,
                evidence.getFile(),
                evidence.getProcess(),
                tuning.document().getVersion(),
                evidence.getSharedAddress(),
                evidence.getPreparation());
    }

    private @Nullable Evidence processStart(Event event, String key, CompiledTuning tuning) {
        @Nullable Process process = event.getProcess();
        if (process == null) {
            return null;
        }
        Platform platform = platform(event);
        ProcessRisk risk = ProcessAssessor.judge(platform, process, tuning.processes(), tuning.userPaths());
        List<Role> roles = new ArrayList<>(3);
        if (ProcessRoles.isLineage(risk)) {
            roles.add(Role.LINEAGE);
        }
        @Nullable DomainRisk domain = ProcessRoles.opensLink(risk) ? clicked(event, process, tuning) : null;
        boolean isClick = domain != null && isSuspectClick(domain, event, tuning);
        if (isClick) {
            roles.add(Role.CLICK);
        }
        if (!isClick && ProcessRoles.isExecution(risk, process, platform, tuning.userPaths())) {
            roles.add(Role.EXECUTION);
        }
        return roles.isEmpty()
                ? sight(event, key, tuning, domain)
                : evidence(event, key, tuning, roles, domain, null, risk);
    }

    private @Nullable DomainRisk clicked(Event event, Process process, CompiledTuning tuning) {
        @Nullable String commandLine = process.getCommandLine();
        if (commandLine == null) {
            return null;
        }
        for (String url : CommandLine.urls(commandLine)) {
            @Nullable DomainRisk domain = domains.url(url, event.getTime(), tuning.domains());
            if (domain != null) {
                return domain;
            }
        }
        return null;
    }

    private @Nullable Evidence urlOpen(Event event, String key, CompiledTuning tuning) {
        @Nullable
        DomainRisk domain = event.getUrl() == null
                ? null
                : domains.url(event.getUrl().getOriginal(), event.getTime(), tuning.domains());
        if (domain == null) {
            return null;
        }
        return isSuspectClick(domain, event, tuning) && !isDetonation(event)
                ? evidence(event, key, tuning, List.of(Role.CLICK), domain, null, process(event, tuning))
                : sight(event, key, tuning, domain);
    }

    /** Gateways open the links of mails by themselves; else every link would count as clicked. */
    private boolean isDetonation(Event event) {
        return event.getClient() != null
                && SharedAddresses.DETONATOR.equals(
                        shared.kindOf(event.getClient().getIp()));
    }

    /** A click on anything outside the organisation can begin a chain, how harmless the link may look. */
    private boolean isSuspectClick(DomainRisk domain, Event event, CompiledTuning tuning) {
        return !domain.getInternal()
                && domains.allowScope(domain, event.getTime(), tuning.domains()) != AllowScope.WHOLE_CHAIN;
    }

    private @Nullable Evidence egress(Event event, String key, CompiledTuning tuning) {
        @Nullable
        DomainRisk domain = EgressTarget.of(
                event, domains, tuning.domains(), tuning.document().getDomainRiskScore());
        if (domain == null || domain.getInternal()) {
            return null;
        }
        boolean risky = DomainScorer.greatestScore(domain, tuning.domains())
                >= tuning.document().getDomainRiskScore();
        List<Role> roles = new ArrayList<>(2);
        if (isClickInMail(event, risky) && isSuspectClick(domain, event, tuning)) {
            roles.add(Role.CLICK);
        }
        if (risky && !isAllowedEgress(domain, event, tuning)) {
            roles.add(Role.EGRESS);
        }
        return roles.isEmpty()
                ? sight(event, key, tuning, domain)
                : evidence(event, key, tuning, roles, domain, null, process(event, tuning));
    }

    /**
     * A request that a page of a mail site refers to: of what is harmless only pages and redirects, not what mails
     * embed.
     */
    private boolean isClickInMail(Event event, boolean risky) {
        @Nullable Http http = event.getHttp();
        @Nullable String referrer = http == null ? null : http.getReferrer();
        if (http == null || referrer == null || event.getUrl() == null || !mailSites.wrote(referrer)) {
            return false;
        }
        @Nullable Integer status = http.getStatusCode();
        @Nullable String type = http.getMimeType();
        boolean isPage = status != null && status / 100 == 3 || type != null && type.startsWith("text/html");
        return (risky || isPage) && !mailSites.wrote(event.getUrl().getOriginal());
    }

    private boolean isAllowedEgress(DomainRisk domain, Event event, CompiledTuning tuning) {
        @Nullable AllowScope scope = domains.allowScope(domain, event.getTime(), tuning.domains());
        return scope == AllowScope.EGRESS_STAGE || scope == AllowScope.WHOLE_CHAIN;
    }

    private @Nullable Evidence write(Event event, String key, CompiledTuning tuning) {
        @Nullable File file = event.getFile();
        if (file == null) {
            return null;
        }
        @Nullable DomainRisk referrer = judged(file.getOriginReferrerUrl(), event, tuning);
        @Nullable DomainRisk origin = judged(file.getOriginUrl(), event, tuning);
        @Nullable DomainRisk domain = origin != null ? origin : referrer;
        boolean isDownload = isFromInternet(file)
                || isFinished(file)
                || FileAssessor.couldBeDownload(file.getName(), tuning.extensions());
        if (!isDownload || tuning.userPaths().ruleOf(platform(event), file.getPath()) == null) {
            return sight(event, key, tuning, domain);
        }
        FileRisk risk = judged(file, event, referrer, tuning);
        return evidence(event, key, tuning, List.of(Role.WRITE), domain, risk, process(event, tuning));
    }

    private @Nullable Evidence mark(Event event, String key, CompiledTuning tuning) {
        @Nullable File file = event.getFile();
        if (file == null) {
            return null;
        }
        return switch (file.getMark()) {
            case NONE, SET -> write(event, key, tuning);
            case REMOVED -> madeReady(event, key, tuning);
            case MISSING -> {
                boolean isAsked = tuning.document().getQuarantinePolicy() == QuarantinePolicy.ALERT_IF_MISSING;
                boolean canRun = FileAssessor.couldBeDownload(file.getName(), tuning.extensions());
                yield isAsked && canRun ? write(event, key, tuning) : null;
            }
        };
    }

    /** A file in a user's folder that was made executable or lost the mark of a download: it is about to run. */
    private @Nullable Evidence madeReady(Event event, String key, CompiledTuning tuning) {
        @Nullable File file = event.getFile();
        boolean isReady = file != null
                && (event.getKind() == EventKind.FILE_MARK || FileAssessor.isExecutable(file.getMode()))
                && FileAssessor.couldRun(file.getName(), tuning.extensions())
                && tuning.userPaths().ruleOf(platform(event), file.getPath()) != null;
        return file != null && isReady
                ? evidence(
                        event,
                        key,
                        tuning,
                        List.of(Role.EXECUTION),
                        null,
                        judged(file, event, null, tuning),
                        process(event, tuning))
                : null;
    }

    private static FileRisk judged(File file, Event event, @Nullable DomainRisk referrer, CompiledTuning tuning) {
        return FileAssessor.judge(
                platform(event),
                file.getPath(),
                file.getName(),
                referrer == null ? null : referrer.getTenantKey(),
                tuning.userPaths(),
                tuning.extensions());
    }

    private @Nullable DomainRisk judged(@Nullable String url, Event event, CompiledTuning tuning) {
        return url == null ? null : domains.url(url, event.getTime(), tuning.domains());
    }

    private static boolean isFromInternet(File file) {
        @Nullable Integer zone = file.getZoneId();
        return zone != null && zone >= ZONE_INTERNET
                || file.getMark() == MarkAction.SET && zone == null
                || file.getOriginUrl() != null
                || file.getOriginReferrerUrl() != null;
    }

    /** A download that got its final name. */
    private static boolean isFinished(File file) {
        @Nullable String source = file.getOriginalPath();
        return source != null && FileNames.isTemporary(FileNames.ofPath(source));
    }

    /**
     * Evidence of nothing but that a place was seen; null where neither its novelty nor later intel are of interest.
     */
    private @Nullable Evidence sight(Event event, String key, CompiledTuning tuning, @Nullable DomainRisk domain) {
        return domain != null && (DomainScorer.awaitsNovelty(domain) || isAddressInUrl(domain))
                ? evidence(event, key, tuning, List.of(), domain, null, null)
                : null;
    }

    private static boolean isAddressInUrl(DomainRisk domain) {
        return domain.getUrl() != null && domain.getSuffixKind() == SuffixKind.ADDRESS && !domain.getInternal();
    }

    private static @Nullable ProcessRisk process(Event event, CompiledTuning tuning) {
        @Nullable Process process = event.getProcess();
        return process == null
                ? null
                : ProcessAssessor.judge(platform(event), process, tuning.processes(), tuning.userPaths());
    }

    private Evidence evidence(
            Event event,
            String key,
            CompiledTuning tuning,
            List<Role> roles,
            @Nullable DomainRisk domain,
            @Nullable FileRisk file,
            @Nullable ProcessRisk process) {
        boolean isDirect = isHost(key);
        boolean isKnowable = isDirect || LeaseClaims.isKey(key);
        List<IntelMatch> ofFile =
                file == null || intel.isEmpty() ? List.of() : intel.ofFile(hashOfFile(event), event.getTime());
        List<IntelMatch> ofImage =
                process == null || intel.isEmpty() ? List.of() : intel.ofFile(hashOfImage(event), event.getTime());
        return new Evidence(
                event,
                key,
                isDirect ? HostVia.DIRECT : HostVia.UNRESOLVED,
                List.of(),
                platform(event),
                isKnowable ? List.copyOf(roles) : List.of(),
                Accounts.key(event.getUser()),
                domain,
                file == null || ofFile.isEmpty() ? file : withIntel(file, ofFile),
                process == null || ofImage.isEmpty() ? process : withIntel(process, ofImage),
                tuning.document().getVersion(),
                event.getClient() == null
                        ? null
                        : shared.kindOf(event.getClient().getIp()),
                FilePreparations.of(event));
    }

    private static boolean isHost(String key) {
        return !LeaseClaims.isKey(key) && !key.startsWith(NOBODY);
    }

    private static Platform platform(Event event) {
        @Nullable Host host = event.getHost();
        return host == null ? Platform.UNKNOWN : host.getPlatform();
    }
}
