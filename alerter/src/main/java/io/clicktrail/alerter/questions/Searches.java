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

/** Parts of searches in Kibana's query language (ECS names), filled in for one chain. */
final class Searches {

    private static final int MAX_VALUE = 300;
    private static final int MAX_NAMES = 4;
    private static final Duration AROUND = Duration.ofMinutes(30);

    private final String host;
    private final String aroundChain;
    private final String site;
    private final Chain chain;

    Searches(Chain chain) {
        this.chain = chain;
        DomainRisk domain = chain.domain();
        host = "host.name: " + quoted(chain.head().getHost());
        site = "(url.domain: " + quoted(domain == null ? chain.head().getTenantKey() : domain.getHost())
                + " or dns.question.name: "
                + quoted(domain == null ? chain.head().getTenantKey() : domain.getHost()) + ")";
        aroundChain = within(
                chain.head().getFirstEventTime().minus(AROUND),
                chain.head().getLastEventTime().plus(AROUND));
    }

    /** The chain's host. */
    String host() {
        return host;
    }

    /** The chain's site, as a web or DNS destination. */
    String site() {
        return site;
    }

    /** Half an hour before the chain to half an hour after it. */
    String aroundChain() {
        return aroundChain;
    }

    /** A number of days before the chain, to its end. */
    String days(int days) {
        return within(
                chain.head().getFirstEventTime().minus(Duration.ofDays(days)),
                chain.head().getLastEventTime());
    }

    /** From the start of the chain to a day after its end. */
    String dayAfter() {
        return within(
                chain.head().getFirstEventTime(),
                chain.head().getLastEventTime().plus(Duration.ofDays(1)));
    }

    /** The chain's files by name, with a closing "and"; empty where no file is known. */
    String files() {
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

    /** The file's hash, with a leading "or"; empty where none is known. */
    String orHash() {
        for (Evidence write : chain.at(Stage.WRITE)) {
            String hash = EvidenceFields.fileHash(write);
            if (hash != null) {
                return " or file.hash.sha256: " + quoted(hash);
            }
        }
        return "";
    }

    /** The first process and its children, with a closing "and"; empty where no process is known. */
    String firstProcess() {
        Evidence run = chain.firstRun();
        Process process = run == null ? null : run.getEvent().getProcess();
        if (process == null || process.getEntityId() == null) {
            return "";
        }
        String entity = quoted(process.getEntityId());
        return "(process.entity_id: " + entity + " or process.parent.entity_id: " + entity + ") and ";
    }

    /** The chain's user, with a leading "or"; empty where none is known. */
    String orUser() {
        @Nullable String user = chain.head().getUser();
        return user == null ? "" : " or user.name: " + quoted(EvidenceFields.baseName(user));
    }

    /** The chain's user, with a leading "and"; empty where none is known. */
    String andUser() {
        @Nullable String user = chain.head().getUser();
        return user == null ? "" : " and user.name: " + quoted(EvidenceFields.baseName(user));
    }

    private static String within(Instant from, Instant to) {
        return "@timestamp >= \"" + from.truncatedTo(ChronoUnit.SECONDS) + "\" and @timestamp <= \""
                + to.truncatedTo(ChronoUnit.SECONDS) + "\"";
    }

    /** A value that an attacker chose cannot end the quotes. */
    private static String quoted(String value) {
        return "\"" + SafeText.clip(value, MAX_VALUE).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
