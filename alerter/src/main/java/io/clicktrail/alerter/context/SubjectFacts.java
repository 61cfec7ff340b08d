package io.clicktrail.alerter.context;

import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.event.Email;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Extracts from an event, a piece of evidence or a chain the facts about its subjects. */
public final class SubjectFacts {

    private static final int MAX_SITES = 8;
    private static final int MAX_RECIPIENTS = 16;
    private static final int MAX_TEXT = 200;

    private SubjectFacts() {}

    /** True for an event that can answer a question although it is not part of a chain. */
    public static boolean isRelevant(Event event) {
        return event.getKind() == EventKind.EMAIL || event.getKind() == EventKind.SECURITY_ALERT;
    }

    /** Mails by site and recipient, alerts of other products by host and file. */
    public static List<SubjectFact> of(String hostKey, Event event) {
        var notes = new ArrayList<SubjectFact>();
        Email email = event.getEmail();
        SecurityAlert alert = event.getSecurityAlert();
        if (event.getKind() == EventKind.EMAIL && email != null) {
            mail(event, email, notes);
        } else if (event.getKind() == EventKind.SECURITY_ALERT && alert != null) {
            alert(hostKey, event, alert, notes);
        }
        return notes;
    }

    /** Who contacted a site, and where a file was seen. */
    public static List<SubjectFact> of(Evidence evidence) {
        var notes = new ArrayList<SubjectFact>(2);
        DomainRisk domain = evidence.getDomain();
        Fact seen = Fact.newBuilder()
                .setKind(FactKind.CONTACT)
                .setId(evidence.getEvent().getEventId())
                .setTime(evidence.getEvent().getTime())
                .setHost(certain(evidence) ? text(evidence.getHost()) : null)
                .setUser(text(evidence.getUser()))
                .build();
        if (domain != null
                && !domain.getInternal()
                && (evidence.getRoles().contains(Role.EGRESS)
                        || evidence.getRoles().contains(Role.CLICK))) {
            notes.add(SubjectFact.fact(Subjects.site(domain.getTenantKey()), seen));
        }
        String file = Subjects.fileOf(evidence);
        if (file != null) {
            notes.add(SubjectFact.fact(Subjects.file(file), seen));
        }
        return notes;
    }

    /** The chain as a fact about its host, user, site and files, and as their watcher. */
    public static List<SubjectFact> of(Detection detection) {
        Fact chain = Fact.newBuilder()
                .setKind(FactKind.CHAIN)
                .setId(detection.getDetectionId())
                .setTime(detection.getFirstEventTime())
                .setHost(text(detection.getHost()))
                .setUser(text(detection.getUser()))
                .setTitle(text(detection.getTenantKey()))
                .build();
        boolean closed = detection.getChange() == DetectionChange.CLOSED;
        var watcher = new Watcher(detection.getDetectionId(), detection.getHost(), detection.getFirstEventTime());
        var notes = new ArrayList<SubjectFact>();
        String tenant = Subjects.site(detection.getTenantKey());
        for (String subject : Subjects.of(detection)) {
            boolean holdsFact =
                    !subject.startsWith("mail:") && (!subject.startsWith("site:") || subject.equals(tenant));
            if (!closed) {
                notes.add(
                        holdsFact ? SubjectFact.chain(subject, chain, watcher) : SubjectFact.watcher(subject, watcher));
            } else if (holdsFact) {
                notes.add(SubjectFact.withdrawn(subject, chain));
            }
        }
        return notes;
    }

    /** An unresolved address may belong to a host that is counted already. */
    private static boolean certain(Evidence evidence) {
        return evidence.getHostVia() != HostVia.UNRESOLVED
                && evidence.getOtherHosts().isEmpty();
    }

    private static void mail(Event event, Email email, List<SubjectFact> notes) {
        var sites = new TreeSet<String>();
        for (String link : email.getUrls()) {
            String host = EvidenceFields.linkHost(link);
            if (host != null && sites.size() < MAX_SITES) {
                sites.add(Subjects.siteOf(host));
            }
        }
        List<String> recipients = email.getTo().stream()
                .distinct()
                .sorted()
                .limit(MAX_RECIPIENTS)
                .map(recipient -> SafeText.clip(recipient, MAX_TEXT))
                .toList();
        for (String site : sites) {
            for (String recipient : recipients) {
                Fact fact = Fact.newBuilder()
                        .setKind(FactKind.MAIL)
                        .setId(event.getEventId())
                        .setTime(event.getTime())
                        .setUser(recipient)
                        .setTitle(text(email.getSubject()))
                        .setMessageId(text(email.getMessageId()))
                        .setSender(text(email.getFrom()))
                        .setRecipients(recipients)
                        .build();
                notes.add(SubjectFact.fact(Subjects.mail(site, recipient), fact));
            }
        }
    }

    private static void alert(String hostKey, Event event, SecurityAlert alert, List<SubjectFact> notes) {
        Fact fact = Fact.newBuilder()
                .setKind(FactKind.ENDPOINT_ALERT)
                .setId(event.getEventId())
                .setTime(event.getTime())
                .setHost(text(hostKey))
                .setTitle(text(alert.getTitle()))
                .setSeverity(text(alert.getSeverity()))
                .setSender(text(event.getSource().getDataset()))
                .build();
        notes.add(SubjectFact.fact(Subjects.host(hostKey), fact));
        var file = event.getFile();
        if (file != null && file.getHash() != null && file.getHash().getSha256() != null) {
            notes.add(SubjectFact.fact(Subjects.file(file.getHash().getSha256()), fact));
        }
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null ? null : SafeText.clip(value, MAX_TEXT);
    }
}
