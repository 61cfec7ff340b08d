package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.Hash;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Intel about files and images, and evidence again when an indicator comes after its event. */
public final class LateIntel {

    private final DomainScorer domains;
    private final IntelLookup intel;

    LateIntel(DomainScorer domains, IntelLookup intel) {
        this.domains = domains;
        this.intel = intel;
    }

    /** True where an indicator that comes later could make more of the evidence. */
    public static boolean canRaise(Evidence evidence) {
        boolean hasPlace = evidence.getHostVia() != HostVia.UNRESOLVED || LeaseClaims.isKey(evidence.getHost());
        @Nullable DomainRisk domain = evidence.getDomain();
        return hasPlace
                && !evidence.getWithdrawn()
                && (domain != null && !domain.getInternal()
                        || evidence.getFile() != null && hashOfFile(evidence.getEvent()) != null
                        || evidence.getProcess() != null && hashOfImage(evidence.getEvent()) != null);
    }

    /** The evidence with what intel says by now; null where that is no more than it said before. */
    @Nullable
    Evidence raised(Evidence evidence, CompiledTuning tuning) {
        Event event = evidence.getEvent();
        @Nullable DomainRisk domain = evidence.getDomain();
        @Nullable DomainRisk raised = domain == null ? null : domains.raised(domain, event.getTime());
        @Nullable FileRisk file = evidence.getFile();
        List<IntelMatch> ofFile = file == null ? List.of() : ofFile(event, intel);
        boolean fileRaised = file != null && IntelLookup.floor(ofFile) > IntelLookup.floor(file.getIntel());
        @Nullable ProcessRisk process = evidence.getProcess();
        List<IntelMatch> ofImage = process == null ? List.of() : ofImage(event, intel);
        boolean imageRaised = process != null && IntelLookup.floor(ofImage) > IntelLookup.floor(process.getIntel());
        if (raised == null && !fileRaised && !imageRaised) {
            return null;
        }
        RecordCopy<Evidence> copy = RecordCopy.of(evidence);
        if (raised != null) {
            // What intel names is trusted no longer, and no excuse for other places.
            copy.set("domain", RecordCopy.of(raised).set("distributor", false).build())
                    .set("roles", roles(evidence, raised, tuning));
        }
        if (fileRaised) {
            copy.set("file", withIntel(file, ofFile));
        }
        if (imageRaised) {
            copy.set("process", withIntel(process, ofImage));
        }
        return copy.build();
    }

    /** The roles of evidence whose domain intel names: it regains what the allow-list or a low score took from it. */
    private static List<Role> roles(Evidence evidence, DomainRisk raised, CompiledTuning tuning) {
        @Nullable
        Role regained = switch (evidence.getEvent().getKind()) {
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST ->
                NoveltyScorer.greatestScore(raised, tuning.domains())
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
                    AUTOSTART,
                    OTHER -> null;
        };
        if (regained == null || evidence.getRoles().contains(regained)) {
            return evidence.getRoles();
        }
        List<Role> roles = new ArrayList<>(evidence.getRoles());
        roles.add(regained);
        return List.copyOf(roles);
    }

    /** Indicators of the content of the event's file. */
    static List<IntelMatch> ofFile(Event event, IntelLookup intel) {
        return intel.ofFile(hashOfFile(event), event.getTime());
    }

    /** Indicators of the content of the event's image. */
    static List<IntelMatch> ofImage(Event event, IntelLookup intel) {
        return intel.ofFile(hashOfImage(event), event.getTime());
    }

    static FileRisk withIntel(FileRisk risk, List<IntelMatch> matches) {
        return matches.isEmpty()
                ? risk
                : RecordCopy.of(risk).set("intel", matches).build();
    }

    static ProcessRisk withIntel(ProcessRisk risk, List<IntelMatch> matches) {
        return matches.isEmpty()
                ? risk
                : RecordCopy.of(risk).set("intel", matches).build();
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
}
