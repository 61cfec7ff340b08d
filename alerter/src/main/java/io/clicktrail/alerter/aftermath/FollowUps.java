package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.context.FollowOn;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.state.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known to follow the first code, on the chain's host in the day from its click on.
 *
 * <p>An activity is the chain's own where a process of the chain did it, or one that such a process started, at any
 * depth that the activities and the chain show. All others may be somebody else's work.
 *
 * @param own of the chain's processes, in event-time order
 * @param others of other processes on the host after the first code ran
 * @param ran true where code of the chain ran and its process is known
 */
public record FollowUps(List<Fact> own, List<Fact> others, boolean ran) {

    private static final String CREDENTIAL_ACCESS = "TA0006";
    private static final String EXFILTRATION = "TA0010";

    public FollowUps {
        own = List.copyOf(own);
        others = List.copyOf(others);
    }

    static FollowUps of(Chain chain, CaseContext context) {
        Evidence first = chain.firstRun();
        if (first == null) {
            return new FollowUps(List.of(), List.of(), false);
        }
        Set<String> processes = new HashSet<>();
        Set<String> shown = new HashSet<>();
        for (Evidence run : chain.runs()) {
            Process process = run.getEvent().getProcess();
            if (process != null && process.getEntityId() != null) {
                processes.add(process.getEntityId());
            }
            shown.add(run.getEvent().getEventId());
        }
        var own = new ArrayList<Fact>();
        var others = new ArrayList<Fact>();
        for (Fact fact : context.followOns()) {
            FollowOn found = fact.getFollowOn();
            if (found == null) {
                continue;
            }
            if (shown.contains(fact.getId())
                    || isOf(processes, found.getEntityId())
                    || isOf(processes, found.getParentEntityId())) {
                own.add(fact);
                if (found.getEntityId() != null) {
                    processes.add(found.getEntityId());
                }
            } else if (!fact.getTime().isBefore(first.getEvent().getTime())) {
                others.add(fact);
            }
        }
        return new FollowUps(own, others, !processes.isEmpty());
    }

    /** Own activities of the tactic of exfiltration. */
    public List<Fact> uploads() {
        return own.stream()
                .filter(fact -> fact.getFollowOn().getTactic().equals(EXFILTRATION))
                .toList();
    }

    /** True where the chain's processes went for credentials. */
    boolean tookCredentials() {
        return own.stream().anyMatch(fact -> fact.getFollowOn().getTactic().equals(CREDENTIAL_ACCESS));
    }

    /** The tactics of the chain's own activities, by name. */
    Set<String> tactics() {
        var tactics = new TreeSet<String>();
        own.forEach(fact -> tactics.add(fact.getFollowOn().getTacticName()));
        return tactics;
    }

    private static boolean isOf(Set<String> processes, @Nullable String entity) {
        return entity != null && processes.contains(entity);
    }
}
