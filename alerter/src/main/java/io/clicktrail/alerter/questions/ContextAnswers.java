package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.Subjects;
import io.clicktrail.detection.Stage;
import io.clicktrail.state.Fact;
import io.clicktrail.state.Seen;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers from outside the chain: mail, other hosts and users, other products' alerts, earlier cases, prevalence. */
final class ContextAnswers {

    private static final String NETWORK_LOGS = "proxy, DNS or Zeek logs of all hosts";
    private static final int SHOWN = 5;
    private static final String HASH = "hash of the file (EDR, or Sysmon 15)";
    private static final String ALERTS = "alerts of the endpoint protection, if it does not send them here";

    private ContextAnswers() {}

    static Answer prevalence(Chain chain, CaseContext context) {
        List<Seen> hosts = context.hosts();
        List<Seen> files = context.hostsWithFile();
        if (hosts.isEmpty() && (files == null || files.isEmpty())) {
            return DomainAnswers.prevalence(chain);
        }
        var said = new StringBuilder();
        if (!hosts.isEmpty()) {
            said.append("The site was contacted by ")
                    .append(count(hosts.size(), context.moreHosts(), "host"))
                    .append(", first at ")
                    .append(second(hosts.getFirst().getFirst()))
                    .append(". ");
        }
        if (files != null && !files.isEmpty()) {
            said.append("The file was seen on ")
                    .append(count(files.size(), false, "host"))
                    .append(", first at ")
                    .append(second(earliest(files)))
                    .append(". ");
        }
        List<Seen> signer = context.hostsWithSigner();
        if (signer != null && !signer.isEmpty()) {
            said.append("Programs of its signer ran on ")
                    .append(count(signer.size(), false, "host"))
                    .append(", first at ")
                    .append(second(earliest(signer)))
                    .append(". ");
        }
        String text = said.toString().strip();
        return files == null
                ? Answer.partly(text, ConfidenceBand.MEDIUM, List.of(), HASH)
                : Answer.full(text, ConfidenceBand.HIGH, List.of());
    }

    static Answer earlier(CaseContext context) {
        if (!context.knowsHistory()) {
            return Answer.none("history of cases by host and user");
        }
        List<Fact> earlier = context.earlier();
        if (earlier.isEmpty()) {
            return Answer.full(
                    "None of this host or user in 30 days, as far as cases are kept.",
                    ConfidenceBand.MEDIUM,
                    List.of());
        }
        String shown = earlier.reversed().stream()
                .limit(SHOWN)
                .map(chain -> second(chain.getTime()) + " " + chain.getTitle() + " on " + chain.getHost() + " (case "
                        + chain.getId() + ")")
                .collect(Collectors.joining("; "));
        return new Answer(
                AnswerState.ANSWERED,
                earlier.size() + " in 30 days: " + shown + more(earlier.size()) + ".",
                ConfidenceBand.HIGH,
                List.of(),
                List.of());
    }

    static Answer alerts(CaseContext context) {
        List<Fact> alerts = context.alerts();
        if (alerts.isEmpty()) {
            return Answer.none(ALERTS);
        }
        String shown = alerts.stream()
                .limit(SHOWN)
                .map(alert -> second(alert.getTime()) + " " + alert.getTitle() + " on " + alert.getHost() + " ("
                        + alert.getSender() + (alert.getSeverity() == null ? "" : ", " + alert.getSeverity()) + ")")
                .collect(Collectors.joining("; "));
        return new Answer(
                AnswerState.ANSWERED,
                alerts.size() + " within a day: " + shown + more(alerts.size()) + ".",
                ConfidenceBand.HIGH,
                ids(alerts),
                List.of());
    }

    static Answer others(Chain chain, CaseContext context) {
        List<Seen> hosts = context.hosts().stream()
                .filter(seen -> !context.isOwnHost(seen.getKey()))
                .toList();
        String own = chain.head().getUser() == null
                ? null
                : Subjects.localPart(chain.head().getUser());
        List<String> users = context.users().stream()
                .map(Seen::getKey)
                .filter(user -> !Subjects.localPart(chain.nameOf(user)).equals(own))
                .toList();
        if (context.hosts().isEmpty()) {
            return Answer.none(NETWORK_LOGS);
        }
        if (hosts.isEmpty() && users.isEmpty()) {
            String none = "No other host or user was seen to contact the site.";
            return isSeenByNetwork(chain)
                    ? Answer.full(none, ConfidenceBand.MEDIUM, List.of())
                    : Answer.partly(none, ConfidenceBand.LOW, List.of(), NETWORK_LOGS);
        }
        var said = new ArrayList<String>();
        if (!hosts.isEmpty()) {
            said.add("Hosts in time order: " + some(touched(hosts, context), context.moreHosts()));
        }
        if (!users.isEmpty()) {
            said.add("Users: " + some(users, false));
        }
        return Answer.full(String.join(". ", said) + ".", ConfidenceBand.HIGH, List.of());
    }

    /** Whether anything but the host's own sensor saw the site: what watches the network sees other hosts too. */
    private static boolean isSeenByNetwork(Chain chain) {
        return chain.at(Stage.EGRESS).stream().anyMatch(item -> item.getEvent().getHost() == null);
    }

    /** Each host with when it first contacted the site, whether the file was seen there, and its case. */
    private static List<String> touched(List<Seen> hosts, CaseContext context) {
        List<Seen> withFile = context.hostsWithFile();
        Set<String> files = withFile == null
                ? Set.of()
                : withFile.stream().map(Seen::getKey).collect(Collectors.toSet());
        Map<String, String> cases = new HashMap<>();
        context.campaign().forEach(other -> cases.putIfAbsent(other.getHost(), other.getId()));
        return hosts.stream()
                .map(seen -> seen.getKey() + " at " + second(seen.getFirst())
                        + (files.contains(seen.getKey()) ? ", with the file" : "")
                        + (cases.containsKey(seen.getKey()) ? ", case " + cases.get(seen.getKey()) : ""))
                .toList();
    }

    /** The first few of a list. */
    static String some(List<String> items, boolean more) {
        return items.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (items.size() > SHOWN ? " and " + (more ? "more than " : "") + (items.size() - SHOWN) + " more" : "");
    }

    private static String more(int size) {
        return size > SHOWN ? " and " + (size - SHOWN) + " more" : "";
    }

    private static String count(int size, boolean more, String what) {
        return (more ? "more than " : "") + size + " " + what + (size == 1 ? "" : "s");
    }

    private static Instant earliest(List<Seen> all) {
        return all.stream().map(Seen::getFirst).min(Instant::compareTo).orElseThrow();
    }

    static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static List<String> ids(List<Fact> facts) {
        return facts.stream().map(Fact::getId).toList();
    }
}
