package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.context.FollowOn;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.state.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the chain's host after its first code ran, until a day after the click.
 *
 * <p>An activity belongs to the chain where a process of the chain did it, or a descendant of one as far as activities
 * and chain show descent, or where it names a file of the chain by its full path, since the system creates a task or
 * service on behalf of another process. All other activities may be unrelated.
 *
 * @param own of the chain's processes, in event-time order
 * @param others of other processes on the host after the first code ran
 * @param connections of the chain's processes to places outside, one for each place
 * @param lateral logons at other hosts
 * @param ran true where code of the chain ran and its process is known
 */
public record FollowUps(List<Fact> own, List<Fact> others, List<Fact> connections, LateralLogons lateral, boolean ran) {

    private static final String CREDENTIAL_ACCESS = "TA0006";
    private static final String EXFILTRATION = "TA0010";

    public FollowUps {
        own = List.copyOf(own);
        others = List.copyOf(others);
        connections = List.copyOf(connections);
    }

    static FollowUps of(Chain chain, CaseContext context) {
        LateralLogons lateral = LateralLogons.of(chain, context);
        Evidence first = chain.firstRun();
        if (first == null) {
            return new FollowUps(List.of(), List.of(), List.of(), lateral, false);
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
        ChainFiles files = ChainFiles.of(chain);
        var own = new ArrayList<Fact>();
        var others = new ArrayList<Fact>();
        for (Fact fact : context.followOns()) {
            FollowOn found = fact.getFollowOn();
            if (found == null) {
                continue;
            }
            boolean isLater = !fact.getTime().isBefore(first.getEvent().getTime());
            if (shown.contains(fact.getId())
                    || isOf(processes, found.getEntityId())
                    || isOf(processes, found.getParentEntityId())
                    || isLater && files.isNamedIn(found.getShown().toLowerCase(Locale.ROOT))) {
                own.add(fact);
                if (found.getEntityId() != null) {
                    processes.add(found.getEntityId());
                }
            } else if (isLater) {
                others.add(fact);
            }
        }
        return new FollowUps(own, others, connections(context, processes), lateral, !processes.isEmpty());
    }

    /** The first of each place. */
    private static List<Fact> connections(CaseContext context, Set<String> processes) {
        Map<String, Fact> byPlace = new LinkedHashMap<>();
        for (Fact fact : context.connections()) {
            if (fact.getFollowOn() != null && isOf(processes, fact.getFollowOn().getEntityId())) {
                byPlace.putIfAbsent(fact.getFollowOn().getShown(), fact);
            }
        }
        return List.copyOf(byPlace.values());
    }

    /** Own activities, connections and logons: what stands for a technique of ATT&CK. */
    public List<Fact> techniques() {
        var all = new ArrayList<>(own);
        all.addAll(connections);
        all.addAll(lateral.logons());
        return all;
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
