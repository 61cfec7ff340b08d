package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.aftermath.FollowUps;
import io.clicktrail.alerter.aftermath.LateralLogons;
import io.clicktrail.alerter.aftermath.SentData;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.alerter.timeline.EvidenceSentence;
import io.clicktrail.context.FollowOn;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.state.Fact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers about what happened after the click and is no part of the chain. */
final class AftermathAnswers {

    private static final int SHOWN = 3;
    private static final int MAX_OWN = 6;
    private static final int MAX_EVENTS = 20;
    private static final int MAX_SHOWN = 120;
    private static final String REGISTRY = "registry and network events below the first process (EDR, or Sysmon 3, 13)";
    private static final String TREE =
            "process tree, registry and network events below the first process (EDR, or Sysmon 1, 3, 13)";
    private static final String LOGONS = "logons of other hosts (Windows 4624, auditd USER_LOGIN)";
    private static final String COUNTS = "bytes sent by connection (Zeek conn, Suricata flow, firewall or proxy)";

    private AftermathAnswers() {}

    /**
     * What the chain's processes did next, with the technique of each piece, and logons at other hosts; what others did
     * on the host is listed apart.
     */
    static Answer followed(Chain chain, FollowUps followUps) {
        List<Evidence> runs = chain.runs();
        List<Evidence> later = runs.size() < 2 ? List.of() : runs.subList(1, runs.size());
        var said = new ArrayList<String>();
        if (!later.isEmpty()) {
            said.add(FileAnswers.sentences(chain, later) + ".");
        }
        if (!followUps.own().isEmpty()) {
            said.add("Its processes: " + activities(followUps.own(), MAX_OWN) + ".");
        }
        if (!followUps.connections().isEmpty()) {
            said.add("They connected to " + places(followUps.connections()) + ".");
        }
        LateralLogons lateral = followUps.lateral();
        if (!lateral.logons().isEmpty()) {
            said.add("At other hosts: " + activities(lateral.logons(), SHOWN) + first(lateral) + ".");
        }
        if (!followUps.others().isEmpty()) {
            said.add("Other processes of the host in the day after: " + activities(followUps.others(), SHOWN) + ".");
        }
        if (said.isEmpty()) {
            return followUps.ran()
                    ? Answer.partly(
                            "No persistence, credential access, discovery, upload, further download or logon at another"
                                    + " host is known of its processes.",
                            ConfidenceBand.LOW,
                            List.of(),
                            REGISTRY,
                            LOGONS)
                    : Answer.none(TREE);
        }
        var events = new ArrayList<String>();
        later.forEach(run -> events.add(run.getEvent().getEventId()));
        followUps.techniques().forEach(fact -> events.add(fact.getId()));
        followUps.others().stream().limit(SHOWN).forEach(fact -> events.add(fact.getId()));
        return new Answer(
                AnswerState.PARTLY,
                String.join(" ", said),
                ConfidenceBand.MEDIUM,
                events.stream().distinct().limit(MAX_EVENTS).toList(),
                lateral.logons().isEmpty() ? List.of(REGISTRY, LOGONS) : List.of(REGISTRY));
    }

    private static String first(LateralLogons lateral) {
        return lateral.newHosts().isEmpty()
                ? ""
                : "; the account was not seen before at " + String.join(", ", new TreeSet<>(lateral.newHosts()));
    }

    private static String places(List<Fact> connections) {
        String shown = connections.stream()
                .limit(MAX_OWN)
                .map(fact -> Defanger.host(fact.getFollowOn().getShown())
                        + (fact.getFollowOn().getImage() == null
                                ? ""
                                : " (" + fact.getFollowOn().getImage() + ")"))
                .collect(Collectors.joining(", "));
        return connections.size() <= MAX_OWN ? shown : shown + " and " + (connections.size() - MAX_OWN) + " more";
    }

    /** The activities in words. What two sensors say of one second in the same words is said once. */
    private static String activities(List<Fact> facts, int most) {
        List<String> all = facts.stream()
                .map(fact -> {
                    FollowOn found = fact.getFollowOn();
                    return found.getWhat() + " (" + found.getTacticName() + ", " + found.getTechnique() + ") at "
                            + fact.getTime().truncatedTo(ChronoUnit.SECONDS) + ": "
                            + SafeText.clip(found.getShown(), MAX_SHOWN);
                })
                .distinct()
                .toList();
        String shown = all.stream().limit(most).collect(Collectors.joining("; "));
        return all.size() <= most ? shown : shown + " and " + (all.size() - most) + " more";
    }

    /** Bytes that were counted, or a command that uploads. */
    static Answer sent(Aftermath aftermath) {
        Answer counted = sent(aftermath.sent());
        List<Fact> uploads = aftermath.followUps().uploads();
        if (uploads.isEmpty() || aftermath.sent().verdict() == SentData.Verdict.SENT) {
            return counted;
        }
        var events = new ArrayList<>(counted.events());
        uploads.forEach(fact -> events.add(fact.getId()));
        return new Answer(
                AnswerState.ANSWERED,
                "Yes, by a command: " + activities(uploads, SHOWN) + ". By volume: " + counted.text(),
                ConfidenceBand.MEDIUM,
                events.stream().distinct().limit(MAX_EVENTS).toList(),
                List.of());
    }

    private static Answer sent(SentData data) {
        return switch (data.verdict()) {
            case SENT ->
                answer(data, AnswerState.ANSWERED, ConfidenceBand.HIGH, "Yes: " + amount(data) + ordinary(data));
            case LITTLE -> answer(data, AnswerState.ANSWERED, ConfidenceBand.MEDIUM, little(data));
            case UNCOUNTED ->
                answer(
                        data,
                        AnswerState.PARTLY,
                        ConfidenceBand.LOW,
                        "Perhaps: " + uploads(data) + " to " + places(data) + "; how much is not measurable, because "
                                + blind(data) + ".");
            case NOT_MEASURED ->
                answer(
                        data,
                        AnswerState.PARTLY,
                        ConfidenceBand.UNKNOWN,
                        "Not measurable, because " + blind(data) + ".");
        };
    }

    private static Answer answer(SentData data, AnswerState state, ConfidenceBand certainty, String text) {
        return new Answer(
                state, text, certainty, data.events(), state == AnswerState.ANSWERED ? List.of() : List.of(COUNTS));
    }

    private static String amount(SentData data) {
        String tunnel = data.tunnel() == null
                ? ""
                : "names of " + data.tunnel() + " carried at least " + EvidenceSentence.size(data.queryBytes())
                        + " in DNS queries, as a tunnel does";
        if (data.sent() == 0) {
            return tunnel + " (list of " + SentData.thresholdsVersion() + ").";
        }
        return "at least " + EvidenceSentence.size(data.sent()) + " to " + places(data)
                + (data.uploads() > 0 ? ", with " + uploads(data) : "")
                + hours(data) + ", counted by " + String.join(", ", data.counting())
                + (tunnel.isEmpty() ? "" : "; " + tunnel) + ".";
    }

    private static String little(SentData data) {
        String counted = ", counted by " + String.join(", ", data.counting());
        if (data.places().isEmpty()) {
            return "No: nothing was sent to the places of the chain or to new ones" + counted + ".";
        }
        return "No: " + (data.sent() == 0 ? "less than " : "at least ")
                + EvidenceSentence.size(Math.max(data.sent(), SentData.MIN_SENT))
                + (data.sent() == 0 ? " an hour" : "") + " to " + places(data)
                + (data.uploads() > 0 ? ", with " + uploads(data) : "")
                + hours(data) + counted + "; "
                + EvidenceSentence.size(SentData.threshold()) + " a day count as data sent out (list of "
                + SentData.thresholdsVersion() + ")." + ordinary(data);
    }

    private static String ordinary(SentData data) {
        if (data.hostDay() == null) {
            return "";
        }
        return " On an ordinary day the host sends " + EvidenceSentence.size(data.hostDay()) + " to untrusted places"
                + (data.allDay() == null ? "" : ", all hosts together " + EvidenceSentence.size(data.allDay()))
                + ".";
    }

    private static String uploads(SentData data) {
        return (data.uploads() > 1 ? "at least " : "") + data.uploads() + " upload" + (data.uploads() == 1 ? "" : "s")
                + " (POST or PUT)";
    }

    private static String hours(SentData data) {
        Instant first = data.first();
        Instant last = data.last();
        return first == null || last == null ? "" : " from " + first + " to " + last.plus(1, ChronoUnit.HOURS);
    }

    private static String blind(SentData data) {
        return data.others().isEmpty()
                ? "no network sensor saw the host"
                : "what saw its connections counts no bytes sent (" + String.join(", ", data.others()) + ")";
    }

    private static String places(SentData data) {
        List<String> places = data.places();
        return String.join(", ", places.subList(0, Math.min(SHOWN, places.size())))
                + (places.size() > SHOWN ? " and " + (places.size() - SHOWN) + " more" : "");
    }
}
