package io.clicktrail.alerter.questions;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches in Kibana's query language (ECS names), filled in for one chain. */
final class Searches {

    private static final int MAX_VALUE = 300;
    private static final int MAX_NAMES = 4;
    private static final Duration AROUND = Duration.ofMinutes(30);

    private final String host;
    private final String span;
    private final String site;
    private final Chain chain;

    Searches(Chain chain) {
        this.chain = chain;
        DomainRisk domain = chain.domain();
        host = "host.name: " + quoted(chain.head().getHost());
        site = "(url.domain: " + quoted(domain == null ? chain.head().getTenantKey() : domain.getHost())
                + " or dns.question.name: "
                + quoted(domain == null ? chain.head().getTenantKey() : domain.getHost()) + ")";
        span = within(
                chain.head().getFirstEventTime().minus(AROUND),
                chain.head().getLastEventTime().plus(AROUND));
    }

    String of(Question question) {
        return switch (question) {
            case Q1 -> host + " and event.category: process and " + span;
            case Q2 -> "event.dataset: *mail* and " + site + " and " + days(7);
            case Q3, Q5 -> site + " and event.category: web and " + span;
            case Q4 -> site + " and " + days(30);
            case Q13 -> host + " and event.kind: alert and " + span;
            case Q14 -> site + " and " + days(7);
            case Q6, Q15 -> host + " and event.category: file and " + file() + span;
            case Q7 -> host + " and event.category: process and " + file() + span;
            case Q8 ->
                host + " and " + entity()
                        + within(
                                chain.head().getFirstEventTime(),
                                chain.head().getLastEventTime().plus(Duration.ofDays(1)));
            case Q9 -> "(" + site + hash() + ") and " + days(30);
            case Q10 -> "event.kind: alert and (" + host + user() + ") and " + days(30);
            case Q11 -> "event.kind: alert and " + site + " and " + days(30);
            case Q12 -> host + " and event.category: (authentication or configuration) and " + days(7);
        };
    }

    private String file() {
        Set<String> names = new LinkedHashSet<>();
        for (Evidence write : chain.at(Stage.WRITE)) {
            String name = EvidenceFields.fileName(write);
            if (name != null) {
                names.add(quoted(name));
            }
        }
        for (Evidence run : chain.runs()) {
            if (run.getProcess() != null) {
                run.getProcess().getUserPaths().forEach(path -> names.add(quoted(EvidenceFields.baseName(path))));
            }
        }
        if (names.isEmpty()) {
            return "";
        }
        String any = names.stream().limit(MAX_NAMES).collect(Collectors.joining(" or ", "(", ")"));
        return "(file.name: " + any + " or process.command_line.text: " + any + ") and ";
    }

    private String hash() {
        for (Evidence write : chain.at(Stage.WRITE)) {
            String hash = EvidenceFields.fileHash(write);
            if (hash != null) {
                return " or file.hash.sha256: " + quoted(hash);
            }
        }
        return "";
    }

    private String entity() {
        Evidence run = chain.firstRun();
        Process process = run == null ? null : run.getEvent().getProcess();
        if (process == null || process.getEntityId() == null) {
            return "";
        }
        String entity = quoted(process.getEntityId());
        return "(process.entity_id: " + entity + " or process.parent.entity_id: " + entity + ") and ";
    }

    private String user() {
        @Nullable String user = chain.head().getUser();
        return user == null ? "" : " or user.name: " + quoted(EvidenceFields.baseName(user));
    }

    private String days(int days) {
        return within(
                chain.head().getFirstEventTime().minus(Duration.ofDays(days)),
                chain.head().getLastEventTime());
    }

    private static String within(Instant from, Instant to) {
        return "@timestamp >= \"" + from.truncatedTo(ChronoUnit.SECONDS) + "\" and @timestamp <= \""
                + to.truncatedTo(ChronoUnit.SECONDS) + "\"";
    }

    /** A value of an attacker's choice cannot end the quotes. */
    private static String quoted(String value) {
        return "\"" + SafeText.clip(value, MAX_VALUE).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
