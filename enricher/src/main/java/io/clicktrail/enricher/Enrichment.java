package io.clicktrail.enricher;

import io.clicktrail.enricher.click.MailSites;
import io.clicktrail.enricher.domain.DomainJudge;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.file.FileJudge;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.identity.Accounts;
import io.clicktrail.enricher.identity.Claims;
import io.clicktrail.enricher.identity.Resolution;
import io.clicktrail.enricher.process.ProcessJudge;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.File;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.QuarantinePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into evidence. {@link #judge} says what can be said at once; where that needs the host of an address or the
 * first sight of a domain, {@link #located} and {@link #finished} complete it. An instance remembers hosts that it has
 * judged and belongs to one thread.
 */
public final class Enrichment {

    private static final int ZONE_INTERNET = 3;

    /** Prefix of the key of events that name neither host nor address nor user. */
    private static final String NOBODY = "none:";

    private final DomainJudge domains;
    private final MailSites mailSites = MailSites.bundled();

    /** @param catalogues the lists that the tunings to judge with were compiled from */
    public Enrichment(Catalogues catalogues) {
        this.domains = new DomainJudge(catalogues.domains(), new UrlParser(catalogues.extensions()));
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

    /** True where {@link #finished} must be called with what the first-seen store knows of the tenant key. */
    public static boolean awaitsNovelty(Evidence evidence) {
        DomainRisk domain = evidence.getDomain();
        return domain != null && DomainJudge.awaitsNovelty(domain);
    }

    /** True where {@link #located} must be called with whose host the key was. */
    public static boolean awaitsHost(Evidence evidence) {
        return evidence.getHostVia() == HostVia.UNRESOLVED
                && !evidence.getRoles().isEmpty();
    }

    /** The evidence under the host that held its address or had its user. */
    public static Evidence located(Evidence evidence, Resolution.Known known) {
        boolean byAddress = evidence.getHost().startsWith(Claims.ADDRESS);
        return new Evidence(
                evidence.getEvent(),
                known.host(),
                byAddress ? HostVia.ADDRESS_LEASE : HostVia.USER_LEASE,
                known.others(),
                evidence.getPlatform(),
                evidence.getRoles(),
                evidence.getUser(),
                evidence.getDomain(),
                evidence.getFile(),
                evidence.getProcess(),
                evidence.getTuningVersion());
    }

    /** The evidence with the final judgement of its domain; null where that leaves it no role. */
    public static @Nullable Evidence finished(Evidence evidence, Novelty novelty, CompiledTuning tuning) {
        DomainRisk pending = evidence.getDomain();
        if (pending == null || evidence.getRoles().isEmpty()) {
            return null;
        }
        DomainRisk domain = DomainJudge.withNovelty(pending, evidence.getEvent().getTime(), novelty);
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
                tuning.document().getVersion());
    }

    private @Nullable Evidence processStart(Event event, String key, CompiledTuning tuning) {
        @Nullable Process process = event.getProcess();
        if (process == null) {
            return null;
        }
        Platform platform = platform(event);
        ProcessRisk risk = ProcessJudge.judge(platform, process, tuning.processes(), tuning.userPaths());
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
        return isSuspectClick(domain, event, tuning)
                ? evidence(event, key, tuning, List.of(Role.CLICK), domain, null, process(event, tuning))
                : sight(event, key, tuning, domain);
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
        boolean risky = DomainJudge.greatestScore(domain) >= tuning.document().getDomainRiskScore();
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

    /** A request that a page of a mail site refers to: of what is harmless only pages and redirects, not what mails embed. */
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
                || FileJudge.couldBeDownload(file.getName(), tuning.extensions());
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
                boolean canRun = FileJudge.couldBeDownload(file.getName(), tuning.extensions());
                yield isAsked && canRun ? write(event, key, tuning) : null;
            }
        };
    }

    /** A file in a user's folder that was made executable or lost the mark of a download: it is about to run. */
    private @Nullable Evidence madeReady(Event event, String key, CompiledTuning tuning) {
        @Nullable File file = event.getFile();
        boolean isReady = file != null
                && (event.getKind() == EventKind.FILE_MARK || FileJudge.isExecutable(file.getMode()))
                && FileJudge.couldRun(file.getName(), tuning.extensions())
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
        return FileJudge.judge(
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

    /** Evidence of nothing but that a domain was seen; null where its novelty is of no interest. */
    private static @Nullable Evidence sight(
            Event event, String key, CompiledTuning tuning, @Nullable DomainRisk domain) {
        return domain != null && DomainJudge.awaitsNovelty(domain)
                ? evidence(event, key, tuning, List.of(), domain, null, null)
                : null;
    }

    private static @Nullable ProcessRisk process(Event event, CompiledTuning tuning) {
        @Nullable Process process = event.getProcess();
        return process == null
                ? null
                : ProcessJudge.judge(platform(event), process, tuning.processes(), tuning.userPaths());
    }

    private static Evidence evidence(
            Event event,
            String key,
            CompiledTuning tuning,
            List<Role> roles,
            @Nullable DomainRisk domain,
            @Nullable FileRisk file,
            @Nullable ProcessRisk process) {
        boolean isDirect = isHost(key);
        boolean isKnowable = isDirect || Claims.isKey(key);
        return new Evidence(
                event,
                key,
                isDirect ? HostVia.DIRECT : HostVia.UNRESOLVED,
                List.of(),
                platform(event),
                isKnowable ? List.copyOf(roles) : List.of(),
                Accounts.key(event.getUser()),
                domain,
                file,
                process,
                tuning.document().getVersion());
    }

    private static boolean isHost(String key) {
        return !Claims.isKey(key) && !key.startsWith(NOBODY);
    }

    private static Platform platform(Event event) {
        @Nullable Host host = event.getHost();
        return host == null ? Platform.UNKNOWN : host.getPlatform();
    }
}
