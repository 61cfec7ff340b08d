package io.clicktrail.enricher.evidence;

import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.context.FollowOn;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.identity.UserKeys;
import io.clicktrail.enricher.process.FollowOnCatalogue;
import io.clicktrail.enricher.process.FollowOnCatalogue.Activity;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.SeenFile;
import io.clicktrail.schemas.Signers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts that answer an analyst's questions about a chain, of events and of evidence. */
public final class ContextFacts {

    private static final int MAX_SHOWN = 300;

    private ContextFacts() {}

    /**
     * A mail, an alert of another product, a logon, or follow-on activity.
     *
     * @param key key of the event: its host, {@code ip:…} or {@code user:…}
     * @return nothing where the event is none of them
     */
    public static List<ContextFact> of(String key, Event event, FollowOnCatalogue followOns) {
        if (event.getKind() == EventKind.EMAIL && event.getEmail() != null) {
            return List.of(
                    fact(event, ContextKind.EMAIL).setEmail(event.getEmail()).build());
        }
        if (event.getKind() == EventKind.SECURITY_ALERT && event.getSecurityAlert() != null) {
            var file = event.getFile();
            return List.of(fact(event, ContextKind.SECURITY_ALERT)
                    .setHost(key)
                    .setSha256(
                            file == null || file.getHash() == null
                                    ? null
                                    : file.getHash().getSha256())
                    .setSecurityAlert(event.getSecurityAlert())
                    .build());
        }
        if (event.getKind() == EventKind.LOGON) {
            @Nullable ContextFact logon = LogonFacts.of(key, event);
            return logon == null ? List.of() : List.of(logon);
        }
        @Nullable Activity activity = event.getOutcome() == EventOutcome.FAILURE ? null : followOns.of(event);
        return activity == null ? List.of() : List.of(followOn(key, event, activity, followOns.version()));
    }

    private static ContextFact followOn(String key, Event event, Activity activity, String version) {
        @Nullable Process process = event.getProcess();
        @Nullable ParentProcess parent = process == null ? null : process.getParent();
        @Nullable String image = process == null ? null : process.getExecutable();
        return fact(event, ContextKind.FOLLOW_ON)
                .setHost(key)
                .setUser(UserKeys.key(event.getUser()))
                .setFollowOn(FollowOn.newBuilder()
                        .setTechnique(activity.technique())
                        .setTechniqueName(activity.techniqueName())
                        .setTactic(activity.tactic())
                        .setTacticName(activity.tacticName())
                        .setWhat(activity.what())
                        .setShown(clipped(activity.shown()))
                        .setEntityId(process == null ? null : process.getEntityId())
                        .setParentEntityId(parent == null ? null : parent.getEntityId())
                        .setImage(image == null ? null : clipped(FileNames.ofPath(image)))
                        .setListVersion(version)
                        .build())
                .build();
    }

    private static String clipped(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end);
    }

    /**
     * Who contacted a place outside, and where a file or a program of a signer was seen.
     *
     * @return null where the evidence shows none of it, or neither host nor user is known
     */
    public static @Nullable ContextFact of(Evidence evidence) {
        @Nullable String place = place(evidence);
        @Nullable String file = SeenFile.sha256(evidence);
        @Nullable String signer = Signers.of(evidence);
        @Nullable String host = isCertain(evidence) ? evidence.getHost() : null;
        if (evidence.getEvent().getKind() == EventKind.HEARTBEAT
                || place == null && file == null && signer == null
                || host == null && evidence.getUser() == null) {
            return null;
        }
        return fact(evidence.getEvent(), ContextKind.SIGHTING)
                .setHost(host)
                .setUser(evidence.getUser())
                .setTenantKey(place)
                .setSha256(file)
                .setSigner(signer)
                .build();
    }

    /**
     * Which process contacted a place outside, where that process is not one that people browse with.
     *
     * @return null where the evidence shows no such contact
     */
    public static @Nullable ContextFact connection(Evidence evidence) {
        @Nullable DomainRisk domain = evidence.getDomain();
        @Nullable ProcessRisk risk = evidence.getProcess();
        @Nullable Process process = evidence.getEvent().getProcess();
        if (domain == null
                || domain.getInternal()
                || risk == null
                || process == null
                || process.getEntityId() == null
                || !evidence.getRoles().contains(Role.EGRESS)
                || !isCertain(evidence)
                || !isSuspect(risk)) {
            return null;
        }
        @Nullable String image = process.getExecutable();
        return fact(evidence.getEvent(), ContextKind.CONNECTION)
                .setHost(evidence.getHost())
                .setUser(evidence.getUser())
                .setTenantKey(domain.getTenantKey())
                .setFollowOn(FollowOn.newBuilder()
                        .setTechnique("T1071")
                        .setTechniqueName("Application Layer Protocol")
                        .setTactic("TA0011")
                        .setTacticName("Command and Control")
                        .setWhat("a connection")
                        .setShown(clipped(domain.getTenantKey()))
                        .setEntityId(process.getEntityId())
                        .setImage(image == null ? null : clipped(FileNames.ofPath(image)))
                        .setListVersion(evidence.getTuningVersion())
                        .build())
                .build();
    }

    private static boolean isSuspect(ProcessRisk risk) {
        return switch (risk.getApplicationKind()) {
            case UNKNOWN, LOLBIN -> true;
            case BROWSER, WEBVIEW, MAIL, CHAT, OFFICE, READER, BROKER, LAUNCHER, ARCHIVER -> risk.getLolbin();
        };
    }

    private static @Nullable String place(Evidence evidence) {
        @Nullable DomainRisk domain = evidence.getDomain();
        if (domain == null || domain.getInternal()) {
            return null;
        }
        boolean contacted = evidence.getRoles().contains(Role.EGRESS) && !domain.getDistributor()
                || evidence.getRoles().contains(Role.CLICK);
        return contacted ? domain.getTenantKey() : null;
    }

    /** An unresolved address may belong to a host that is counted already. */
    static boolean isCertain(Evidence evidence) {
        return evidence.getHostVia() != HostVia.UNRESOLVED
                && evidence.getOtherHosts().isEmpty();
    }

    static ContextFact.Builder fact(Event event, ContextKind kind) {
        return ContextFact.newBuilder()
                .setKind(kind)
                .setEventId(event.getEventId())
                .setTime(event.getTime())
                .setDataset(event.getSource().getDataset());
    }
}
