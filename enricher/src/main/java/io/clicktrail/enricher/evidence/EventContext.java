package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.file.FilePreparations;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.identity.UserKeys;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.process.ProcessAssessor;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.tuning.AllowScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event with everything that it is enriched with.
 *
 * @param key key of the event: its host, {@code ip:…}, {@code user:…} or {@code none:…}
 */
record EventContext(
        Event event,
        String key,
        CompiledTuning tuning,
        DomainScorer domains,
        IntelLookup intel,
        SharedAddresses shared) {

    /** Prefix of the key of events that name neither host nor address nor user. */
    private static final String NO_HOST = "none:";

    Platform platform() {
        @Nullable Host host = event.getHost();
        return host == null ? Platform.UNKNOWN : host.getPlatform();
    }

    /** The risk of a URL; null where there is none or it leads to no host on the web. */
    @Nullable
    DomainRisk risk(@Nullable String url) {
        return url == null ? null : domains.url(url, event.getTime(), tuning.domains());
    }

    /** The risk of a host or address; null where the text is neither. */
    @Nullable
    DomainRisk hostRisk(String host) {
        return domains.host(host, event.getTime(), tuning.domains());
    }

    /** What is known of the event's process; null where it has none. */
    @Nullable
    ProcessRisk processRisk() {
        @Nullable Process process = event.getProcess();
        return process == null
                ? null
                : ProcessAssessor.assess(platform(), process, tuning.processes(), tuning.userPaths());
    }

    /** The risk of a place with a note whether the event shows that a program comes from there. */
    DomainRisk withProgram(DomainRisk domain) {
        @Nullable String url = domain.getTargetUrl() == null ? domain.getUrl() : domain.getTargetUrl();
        @Nullable String extension = url == null ? null : FileNames.extensionOfUrl(url);
        @Nullable String type = event.getHttp() == null ? null : event.getHttp().getMimeType();
        return extension != null && tuning.extensions().isProgram(extension)
                        || type != null && tuning.extensions().isProgramType(type)
                ? handingOutProgram(domain)
                : domain;
    }

    /** The risk with a note for the first-seen store that a program comes from the place. */
    static DomainRisk handingOutProgram(DomainRisk domain) {
        return NoveltyScorer.awaitsNovelty(domain)
                ? RecordCopy.of(domain).set("first_program", true).build()
                : domain;
    }

    /** True where an ordinary user can write to a path. */
    boolean isUserWritable(String path) {
        return tuning.userPaths().ruleOf(platform(), path) != null;
    }

    /** The scope of the allow-list entry in force for a domain; null where there is none or intel overrides it. */
    @Nullable
    AllowScope allowScope(DomainRisk domain) {
        return domains.allowScope(domain, event.getTime(), tuning.domains());
    }

    /** A click on anything outside the organisation can begin a chain, how harmless the link may look. */
    boolean isSuspectClick(DomainRisk domain) {
        return !domain.getInternal() && allowScope(domain) != AllowScope.WHOLE_CHAIN;
    }

    /** Why the client's address belongs to several hosts at once; null where nothing says so. */
    @Nullable
    String sharedAddress() {
        return event.getClient() == null
                ? null
                : shared.kindOf(event.getClient().getIp());
    }

    /** Evidence with roles; without them where neither host nor address nor user is known. */
    Evidence evidence(
            List<Role> roles, @Nullable DomainRisk domain, @Nullable FileRisk file, @Nullable ProcessRisk process) {
        boolean isDirect = !LeaseClaims.isKey(key) && !key.startsWith(NO_HOST);
        boolean isKnowable = isDirect || LeaseClaims.isKey(key);
        return Evidence.newBuilder()
                .setEvent(event)
                .setHost(key)
                .setHostVia(isDirect ? HostVia.DIRECT : HostVia.UNRESOLVED)
                .setOtherHosts(List.of())
                .setPlatform(platform())
                .setRoles(isKnowable ? List.copyOf(roles) : List.of())
                .setUser(UserKeys.key(event))
                .setDomain(domain)
                .setWeakClick(false)
                .setFile(file == null ? null : LateIntel.withIntel(file, LateIntel.ofFile(event, intel)))
                .setProcess(process == null ? null : LateIntel.withIntel(process, LateIntel.ofImage(event, intel)))
                .setTuningVersion(tuning.document().getVersion())
                .setSharedAddress(sharedAddress())
                .setHostClock(isDirect && event.getProcess() != null)
                .setPreparation(FilePreparations.of(event))
                .setMovedTo(null)
                .setProcessOrder(0)
                .setWithdrawn(false)
                .build();
    }

    /** A click that is inferred: from a referrer, or from a browser that an unknown program started. */
    static Evidence weak(Evidence click) {
        return RecordCopy.of(click).set("weak_click", true).build();
    }

    /** Evidence of no role that a domain was seen; null where neither novelty nor later intel can make more of it. */
    @Nullable
    Evidence observation(@Nullable DomainRisk domain) {
        return domain != null && (NoveltyScorer.awaitsNovelty(domain) || isAddressInUrl(domain))
                ? evidence(List.of(), domain, null, null)
                : null;
    }

    private static boolean isAddressInUrl(DomainRisk domain) {
        return domain.getUrl() != null && domain.getSuffixKind() == SuffixKind.ADDRESS && !domain.getInternal();
    }
}
