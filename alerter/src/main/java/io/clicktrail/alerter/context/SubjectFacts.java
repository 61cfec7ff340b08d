package io.clicktrail.alerter.context;

import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.alerter.text.UserNames;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.FollowOn;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.event.Email;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Extracts from a context fact or a chain the facts about its subjects. */
public final class SubjectFacts {

    private static final int MAX_SITES = 8;
    private static final int MAX_RECIPIENTS = 16;
    private static final int MAX_TEXT = 200;

    private SubjectFacts() {}

    /**
     * Mails by site and recipient, alerts of other products by host and file, sightings by site and file, logons by
     * account and address.
     */
    public static List<SubjectFact> of(ContextFact fact) {
        var notes = new ArrayList<SubjectFact>();
        switch (fact.getKind()) {
            case SIGHTING -> sighting(fact, notes);
            case EMAIL -> mail(fact, notes);
            case SECURITY_ALERT -> alert(fact, notes);
            case TRANSFER -> transfer(fact, notes);
            case FOLLOW_ON -> followOn(FactKind.FOLLOW_ON, fact, notes);
            case CONNECTION -> followOn(FactKind.CONNECTION, fact, notes);
            case LOGON -> logon(fact, notes);
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
        var watcher =
                new Watcher(detection.getDetectionId(), detection.getHost(), detection.getFirstEventTime(), List.of());
        var placesWatcher = Watcher.newBuilder(watcher)
                .setPlaces(List.copyOf(Subjects.placesOf(detection)))
                .build();
        var notes = new ArrayList<SubjectFact>();
        String tenant = Subjects.site(detection.getTenantKey());
        for (String subject : Subjects.of(detection)) {
            if (Subjects.isSent(subject)) {
                if (!closed) {
                    notes.add(SubjectFact.watcher(subject, placesWatcher));
                }
                continue;
            }
            boolean holdsFact =
                    Subjects.holdsChains(subject) && (!subject.startsWith("site:") || subject.equals(tenant));
            if (!closed) {
                notes.add(
                        holdsFact ? SubjectFact.chain(subject, chain, watcher) : SubjectFact.watcher(subject, watcher));
            } else if (holdsFact) {
                notes.add(SubjectFact.withdrawn(subject, chain));
            }
        }
        return notes;
    }

    private static void sighting(ContextFact given, List<SubjectFact> notes) {
        Fact seen = fact(FactKind.CONTACT, given)
                .setHost(text(given.getHost()))
                .setUser(text(given.getUser()))
                .build();
        if (given.getTenantKey() != null) {
            notes.add(SubjectFact.fact(Subjects.site(given.getTenantKey()), seen));
        }
        if (given.getSha256() != null) {
            notes.add(SubjectFact.fact(Subjects.file(given.getSha256()), seen));
        }
        if (given.getSigner() != null) {
            notes.add(SubjectFact.fact(Subjects.signer(given.getSigner()), seen));
        }
    }

    private static void mail(ContextFact given, List<SubjectFact> notes) {
        Email email = given.getEmail();
        if (email == null) {
            return;
        }
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
        Fact fact = fact(FactKind.MAIL, given)
                .setTitle(text(email.getSubject()))
                .setMessageId(text(email.getMessageId()))
                .setSender(text(email.getFrom()))
                .setRecipients(recipients)
                .setVerdict(email.getVerdict())
                .setAction(email.getAction())
                .setSenderAuthentication(text(senderAuthentication(email)))
                .build();
        for (String site : sites) {
            notes.add(SubjectFact.fact(Subjects.site(site), fact));
            for (String recipient : recipients) {
                notes.add(SubjectFact.fact(
                        Subjects.mail(site, recipient),
                        Fact.newBuilder(fact).setUser(recipient).build()));
            }
        }
        if (isFlagged(email) && email.getMessageId() != null) {
            for (String recipient : recipients) {
                notes.add(SubjectFact.fact(
                        Subjects.mailbox(recipient),
                        Fact.newBuilder(fact).setUser(recipient).build()));
            }
        }
    }

    /** Rare: mails that a gateway calls malicious, or took back. */
    private static boolean isFlagged(Email email) {
        return email.getVerdict().compareTo(MailVerdict.SUSPICIOUS) >= 0 || email.getAction() == MailAction.REMOVED;
    }

    private static @Nullable String senderAuthentication(Email email) {
        var said = new StringJoiner(", ");
        said.setEmptyValue("");
        addResult(said, "SPF", email.getSpf());
        addResult(said, "DKIM", email.getDkim());
        addResult(said, "DMARC", email.getDmarc());
        return said.length() == 0 ? null : said.toString();
    }

    private static void addResult(StringJoiner said, String check, @Nullable String result) {
        if (result != null) {
            said.add(check + " " + result);
        }
    }

    private static void alert(ContextFact given, List<SubjectFact> notes) {
        SecurityAlert alert = given.getSecurityAlert();
        String host = given.getHost();
        if (alert == null || host == null) {
            return;
        }
        Fact fact = fact(FactKind.ENDPOINT_ALERT, given)
                .setHost(text(host))
                .setTitle(text(alert.getTitle()))
                .setSeverity(text(alert.getSeverity()))
                .setSender(text(given.getDataset()))
                .build();
        notes.add(SubjectFact.fact(Subjects.host(host), fact));
        if (given.getSha256() != null) {
            notes.add(SubjectFact.fact(Subjects.file(given.getSha256()), fact));
        }
    }

    private static void transfer(ContextFact given, List<SubjectFact> notes) {
        String host = given.getHost();
        if (host == null || given.getTenantKey() == null || given.getVolume() == null) {
            return;
        }
        Fact fact = fact(FactKind.TRANSFER, given)
                .setHost(text(host))
                .setTitle(text(given.getTenantKey()))
                .setSender(text(given.getDataset()))
                .setVolume(given.getVolume())
                .build();
        notes.add(SubjectFact.fact(Subjects.sentBy(host), fact));
        if (given.getVolume().getAdded() > 0) {
            notes.add(SubjectFact.fact(
                    Subjects.SENT_BY_ALL, Fact.newBuilder(fact).setHost(null).build()));
        }
    }

    private static void followOn(FactKind kind, ContextFact given, List<SubjectFact> notes) {
        String host = given.getHost();
        FollowOn found = given.getFollowOn();
        if (host == null || found == null) {
            return;
        }
        notes.add(SubjectFact.fact(
                Subjects.host(host),
                fact(kind, given)
                        .setHost(text(host))
                        .setUser(text(given.getUser()))
                        .setSender(text(given.getDataset()))
                        .setFollowOn(found)
                        .build()));
    }

    private static void logon(ContextFact given, List<SubjectFact> notes) {
        Authentication logon = given.getAuthentication();
        String user = given.getUser();
        if (logon == null || user == null) {
            return;
        }
        Fact fact = fact(FactKind.LOGON, given)
                .setHost(text(given.getHost()))
                .setUser(text(user))
                .setSender(text(given.getDataset()))
                .setAuthentication(logon)
                .build();
        if (!UserNames.isNumeric(user)) {
            notes.add(SubjectFact.fact(Subjects.account(user), fact));
        }
        if (logon.getIp() != null && given.getHost() != null) {
            notes.add(SubjectFact.fact(Subjects.address(logon.getIp()), fact));
        }
    }

    private static Fact.Builder fact(FactKind kind, ContextFact given) {
        return Fact.newBuilder().setKind(kind).setId(given.getEventId()).setTime(given.getTime());
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null ? null : SafeText.clip(value, MAX_TEXT);
    }
}
