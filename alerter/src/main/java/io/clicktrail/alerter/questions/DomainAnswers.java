package io.clicktrail.alerter.questions;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.StageNames;
import io.clicktrail.alerter.sanction.Sanction;
import io.clicktrail.detection.Stage;
import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers about the domain, its history here, and the cost of blocking it or isolating the host. */
final class DomainAnswers {

    private static final String REGISTRATION = "registration date of the domain (RDAP or a feed)";

    private DomainAnswers() {}

    static Answer newAndShared(Chain chain) {
        DomainRisk domain = chain.domain();
        if (domain == null) {
            return Answer.none(StageNames.telemetry(chain.head().getPlatform(), Stage.EGRESS), REGISTRATION);
        }
        String hosting = domain.getSharedHosting()
                ? domain.getHost() + " is on shared hosting; its tenant is " + domain.getTenantKey() + "."
                : domain.getTenantKey() + " is not known as shared hosting.";
        var said = new ArrayList<String>();
        var missing = new ArrayList<String>();
        String seen = firstSeen(chain, domain);
        if (seen == null) {
            missing.add("time when the domain was first seen here");
        } else {
            said.add(seen);
        }
        domain.getHistory().forEach(entry -> said.add(history(chain, entry)));
        said.add(hosting);
        if (domain.getHistory().stream().noneMatch(entry -> entry.getKind() == HistoryKind.REGISTRATION)) {
            missing.add(REGISTRATION);
        }
        ConfidenceBand certainty = seen == null ? ConfidenceBand.MEDIUM : ConfidenceBand.HIGH;
        String text = String.join(" ", said);
        return missing.isEmpty()
                ? Answer.full(text, certainty, judged(chain))
                : Answer.partly(text, certainty, judged(chain), missing.toArray(String[]::new));
    }

    private static String history(Chain chain, DomainHistory entry) {
        String what = switch (entry.getKind()) {
            case REGISTRATION -> "It was registered at ";
            case RESOLUTION -> "DNS first had an answer for it at ";
            case CERTIFICATE -> "Its first certificate is of ";
            case RANKING -> "It has rank ";
            case UNKNOWN -> "";
        };
        Instant since = entry.getSince();
        return what
                + (since == null
                        ? String.valueOf(entry.getRank())
                        : since.truncatedTo(ChronoUnit.SECONDS) + ", "
                                + age(Duration.between(since, chain.head().getFirstEventTime())) + " before this chain")
                + " (" + entry.getSource() + ").";
    }

    static Answer prevalence(Chain chain) {
        DomainRisk domain = chain.domain();
        String seen = domain == null ? null : firstSeen(chain, domain);
        return seen == null
                ? Answer.none("counts of hosts by domain and by file hash")
                : Answer.partly(
                        seen, ConfidenceBand.MEDIUM, judged(chain), "counts of hosts by domain and by file hash");
    }

    static Answer sanctioned(Chain chain, Sanction sanction) {
        DomainRisk domain = chain.domain();
        if (sanction.exercise() != null) {
            return Answer.full("Yes: " + Sanction.words(sanction.exercise()) + ".", ConfidenceBand.HIGH, judged(chain));
        }
        if (domain == null || domain.getAllowList() == null) {
            return sanction.isKnown()
                    ? Answer.full(
                            "No: none of the exercises that are entered covers this place, sender, host and account at"
                                    + " that time.",
                            ConfidenceBand.MEDIUM,
                            judged(chain))
                    : Answer.none("list of phishing simulations and approved tests");
        }
        return Answer.partly(
                "Perhaps: an allow-list entry applies: " + domain.getAllowList() + ".",
                ConfidenceBand.LOW,
                judged(chain),
                "list of phishing simulations and approved tests");
    }

    static Answer proportion(Chain chain, AssetImportance importance) {
        DomainRisk domain = chain.domain();
        var said = new StringBuilder();
        if (domain != null) {
            said.append(
                    domain.getSharedHosting()
                            ? "Blocking the whole domain would affect others on the same hosting. "
                            : "Blocking the domain affects one registrant. ");
        }
        if (doubtfulHost(chain)) {
            said.append("The host is uncertain: check before isolating it.");
        } else {
            said.append(
                    chain.evidence().stream()
                                    .anyMatch(item -> item.getEvidence().getHostVia() == HostVia.DIRECT)
                            ? "The host is named in its own logs."
                            : "The host was identified by its address or user at that time.");
        }
        importance
                .reasons()
                .forEach(reason -> said.append(" But ").append(reason).append('.'));
        var missing = new ArrayList<String>();
        if (!importance.knowsHost()) {
            missing.add("asset list with kind and criticality of the host");
        }
        if (!importance.knowsPerson()) {
            missing.add("list of privileged and watched accounts");
        }
        return missing.isEmpty()
                ? Answer.full(said.toString(), ConfidenceBand.MEDIUM, judged(chain))
                : Answer.partly(said.toString(), ConfidenceBand.MEDIUM, judged(chain), missing.toArray(String[]::new));
    }

    private static boolean doubtfulHost(Chain chain) {
        return chain.evidence().stream()
                .anyMatch(item -> item.getEvidence().getHostVia() == HostVia.UNRESOLVED
                        || !item.getEvidence().getOtherHosts().isEmpty());
    }

    private static @Nullable String firstSeen(Chain chain, DomainRisk domain) {
        Instant first = domain.getFirstSeen();
        if (first == null) {
            return null;
        }
        Instant start = chain.head().getFirstEventTime();
        return "The organisation first saw " + domain.getTenantKey() + " at " + first.truncatedTo(ChronoUnit.SECONDS)
                + (first.isBefore(start)
                        ? ", " + age(Duration.between(first, start)) + " before this chain."
                        : ", in this chain.");
    }

    static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
    }

    private static List<Evidence> judged(Chain chain) {
        for (var item : chain.evidence()) {
            DomainRisk risk = item.getEvidence().getDomain();
            if (risk != null && risk.getTenantKey().equals(chain.head().getTenantKey())) {
                return List.of(item.getEvidence());
            }
        }
        return List.of();
    }
}
