package io.clicktrail.alerter.context;

import crawlercommons.domains.EffectiveTldFinder;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.alerter.text.UserNames;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.schemas.SeenFile;
import io.clicktrail.schemas.Signers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Keys of subjects: site, file, host, user, account, address, mailbox. */
public final class Subjects {

    /** What all hosts together sent to untrusted places, by day. */
    static final String SENT_BY_ALL = "sent:*";

    /** Most subjects of a chain. */
    static final int MAX_SUBJECTS = 24;

    private static final String SENT = "sent:";
    private static final int MAX_PLACES = 24;

    private static final int MAX_SITES = 4;
    private static final int MAX_FILES = 4;
    private static final int MAX_SIGNERS = 2;
    private static final int MAX_KEY = 300;
    private static final int MAX_ADDRESSES = 3;

    private Subjects() {}

    /** A tenant key, or the registrable name of a host. */
    public static String site(String tenantKey) {
        return "site:" + key(tenantKey);
    }

    /** A file by its content. */
    public static String file(String sha256) {
        return "file:" + key(sha256);
    }

    /** Who signed a program, as {@link Signers} writes it. */
    public static String signer(String signer) {
        return "signer:" + key(signer);
    }

    /** A host by its key. */
    public static String host(String host) {
        return "host:" + key(host);
    }

    /** What a host sent to untrusted places. */
    public static String sentBy(String host) {
        return SENT + key(host);
    }

    static boolean isSent(String subject) {
        return subject.startsWith(SENT);
    }

    /** True where a chain is a fact about the subject, and not only its watcher. */
    static boolean holdsChains(String subject) {
        return !subject.startsWith("mail")
                && !subject.startsWith("account:")
                && !subject.startsWith("address:")
                && !subject.startsWith("signer:");
    }

    /** A user by its canonical key. */
    public static String user(String user) {
        return "user:" + key(user);
    }

    /**
     * An account in all its forms: {@code corp\\alice} and {@code alice@corp.example} are one. A name that every host
     * has, such as root, counts with its domain alone.
     */
    public static String account(String user) {
        String name = localPart(user);
        return "account:" + key(UserNames.isCommon(name) ? user.toLowerCase(Locale.ROOT) : name);
    }

    /** Mails to a recipient that the gateway flagged or took away, whatever they link to. */
    public static String mailbox(String recipient) {
        return "mailbox:" + key(localPart(recipient));
    }

    /** Logons that came from an address. */
    public static String address(String ip) {
        return "address:" + key(ip);
    }

    /** Mails with links to a site that went to a recipient; the recipient counts by the part before the @. */
    public static String mail(String site, String recipient) {
        return "mail:" + key(site) + '|' + key(localPart(recipient));
    }

    /** The part of a name that mail address, user principal name and domain account have in common. */
    public static String localPart(String user) {
        String name = EvidenceFields.baseName(user);
        int at = name.indexOf('@');
        return (at < 0 ? name : name.substring(0, at)).toLowerCase(Locale.ROOT);
    }

    /**
     * The registrable domain of a host, with private suffixes: {@code billing.pages.dev}; the host itself where there
     * is none.
     */
    public static String siteOf(String host) {
        String domain = host.length() > 253 ? null : EffectiveTldFinder.getAssignedDomain(host, true, false);
        return domain == null ? host : domain;
    }

    /** Hosts that the links of a chain's clicks lead to, and its tenant key, as sites. */
    public static Set<String> sitesOf(Detection detection) {
        Set<String> sites = new LinkedHashSet<>();
        sites.add(detection.getTenantKey());
        var clicked = new TreeSet<String>();
        for (StageEvidence item : detection.getEvidence()) {
            if (item.getStage() == Stage.CLICK) {
                String link = EvidenceFields.url(item.getEvidence());
                String host = link == null ? null : EvidenceFields.linkHost(link);
                if (host != null) {
                    clicked.add(siteOf(host));
                }
            }
        }
        DomainRisk domain = detection.getDomain();
        if (domain != null) {
            clicked.add(siteOf(domain.getHost()));
        }
        clicked.stream().limit(MAX_SITES).forEach(sites::add);
        return sites;
    }

    /**
     * Tenant keys that the evidence of a chain names, and the addresses behind them where the place does not share its
     * address with others.
     */
    public static Set<String> placesOf(Detection detection) {
        Set<String> places = tenantKeysOf(detection);
        for (StageEvidence item : detection.getEvidence()) {
            DomainRisk domain = item.getEvidence().getDomain();
            if (domain != null && !domain.getInternal() && !domain.getSharedHosting()) {
                places.addAll(addresses(item.getEvidence().getEvent()));
            }
        }
        return places.stream().limit(MAX_PLACES).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tenant keys that the evidence of a chain names. */
    static Set<String> tenantKeysOf(Detection detection) {
        Set<String> places = new TreeSet<>();
        places.add(detection.getTenantKey());
        for (StageEvidence item : detection.getEvidence()) {
            DomainRisk domain = item.getEvidence().getDomain();
            if (domain != null && !domain.getInternal()) {
                places.add(domain.getTenantKey());
            }
        }
        return places;
    }

    private static List<String> addresses(Event event) {
        if (event.getDns() != null) {
            return event.getDns().getResolvedIp();
        }
        boolean isProxied = event.getTags().contains("proxied");
        return isProxied
                        || event.getDestination() == null
                        || event.getDestination().getIp() == null
                ? List.of()
                : List.of(event.getDestination().getIp());
    }

    /** Addresses that the chain's host had, as its own evidence shows them. */
    public static Set<String> addressesOf(Detection detection) {
        var addresses = new TreeSet<String>();
        for (StageEvidence item : detection.getEvidence()) {
            Evidence evidence = item.getEvidence();
            Event event = evidence.getEvent();
            if (evidence.getSharedAddress() != null
                    || evidence.getHostVia() == HostVia.UNRESOLVED
                    || !evidence.getOtherHosts().isEmpty()) {
                continue;
            }
            if (event.getHost() != null) {
                event.getHost().getIp().stream()
                        .filter(Subjects::isAddressOfOneHost)
                        .forEach(addresses::add);
            }
            boolean isEgress = item.getStage() == Stage.EGRESS
                    && event.getClient() != null
                    && event.getClient().getIp() != null;
            if (isEgress && isAddressOfOneHost(event.getClient().getIp())) {
                addresses.add(event.getClient().getIp());
            }
        }
        return addresses.stream().limit(MAX_ADDRESSES).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isAddressOfOneHost(String ip) {
        return !ip.startsWith("127.") && !ip.equals("::1") && !ip.startsWith("169.254.") && !ip.startsWith("fe80:");
    }

    /** SHA-256 of the files that a chain wrote, and of programs in user paths that it ran. */
    public static Set<String> filesOf(Detection detection) {
        var hashes = new TreeSet<String>();
        for (StageEvidence item : detection.getEvidence()) {
            String hash = SeenFile.sha256(item.getEvidence());
            if (hash != null) {
                hashes.add(hash);
            }
        }
        return hashes;
    }

    /** Who signed the programs in user paths that a chain ran. */
    public static Set<String> signersOf(Detection detection) {
        var signers = new TreeSet<String>();
        for (StageEvidence item : detection.getEvidence()) {
            String signer = item.getStage() == Stage.EXECUTION ? Signers.of(item.getEvidence()) : null;
            if (signer != null) {
                signers.add(signer);
            }
        }
        return signers;
    }

    /** All subjects of a chain. */
    static List<String> of(Detection detection) {
        Set<String> subjects = new LinkedHashSet<>();
        Set<String> sites = sitesOf(detection);
        sites.forEach(site -> subjects.add(site(site)));
        subjects.add(host(detection.getHost()));
        subjects.add(sentBy(detection.getHost()));
        subjects.add(SENT_BY_ALL);
        String user = detection.getUser();
        if (user != null && !UserNames.isOfOneHost(user)) {
            subjects.add(user(user));
        }
        if (user != null && !UserNames.isNumeric(user)) {
            subjects.add(account(user));
            subjects.add(mailbox(user));
            sites.forEach(site -> subjects.add(mail(site, user)));
        }
        filesOf(detection).stream().limit(MAX_FILES).forEach(hash -> subjects.add(file(hash)));
        addressesOf(detection).forEach(ip -> subjects.add(address(ip)));
        signersOf(detection).stream().limit(MAX_SIGNERS).forEach(signer -> subjects.add(signer(signer)));
        tenantKeysOf(detection).stream()
                .filter(place -> !sites.contains(place))
                .limit(MAX_SITES)
                .forEach(place -> subjects.add(site(place)));
        return subjects.stream().limit(MAX_SUBJECTS).toList();
    }

    private static String key(String text) {
        return SafeText.clip(text, MAX_KEY);
    }
}
