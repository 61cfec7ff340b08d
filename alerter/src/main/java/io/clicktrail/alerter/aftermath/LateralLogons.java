package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.FollowOn;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.state.Fact;
import io.clicktrail.state.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Logons at other hosts, from the chain's host or with its account, in the day from the first code on.
 *
 * @param logons in event-time order, each with the technique that it may be
 * @param newHosts hosts of them at which the account was never seen before, where its earlier logons are known
 */
public record LateralLogons(List<Fact> logons, Set<String> newHosts) {

    private static final int REMOTE_DESKTOP = 10;
    private static final int NETWORK = 3;

    public LateralLogons {
        logons = List.copyOf(logons);
        newHosts = Set.copyOf(newHosts);
    }

    static LateralLogons of(Chain chain, CaseContext context) {
        Evidence first = chain.firstRun();
        if (first == null) {
            return new LateralLogons(List.of(), Set.of());
        }
        Instant from = first.getEvent().getTime();
        var logons = new ArrayList<Fact>();
        var newHosts = new TreeSet<String>();
        for (Fact logon : context.logons()) {
            String host = logon.getHost();
            if (host == null || context.isOwnHost(host) || logon.getTime().isBefore(from) || !isRemote(logon)) {
                continue;
            }
            logons.add(withTechnique(logon));
            if (isNew(host, from, context.hostsOfAccount())) {
                newHosts.add(host);
            }
        }
        return new LateralLogons(logons, newHosts);
    }

    /** True where a logon here is the account's first, and others are known from before the chain. */
    private static boolean isNew(String host, Instant from, List<Seen> known) {
        return !known.isEmpty()
                && known.getFirst().getFirst().isBefore(from)
                && known.stream()
                        .anyMatch(seen ->
                                seen.getKey().equals(host) && !seen.getFirst().isBefore(from));
    }

    private static boolean isRemote(Fact logon) {
        Authentication details = logon.getAuthentication();
        return details != null
                && details.getSuccess()
                && (details.getIp() != null
                        || details.getLogonType() != null && details.getLogonType() == REMOTE_DESKTOP);
    }

    private static Fact withTechnique(Fact logon) {
        Authentication details = logon.getAuthentication();
        @Nullable Integer type = details.getLogonType();
        boolean isWindows = logon.getSender() != null && logon.getSender().startsWith("windows.");
        String technique = !isWindows ? "T1021.004" : type != null && type == REMOTE_DESKTOP ? "T1021.001" : "T1021";
        String name = !isWindows
                ? "Remote Services: SSH"
                : type != null && type == REMOTE_DESKTOP
                        ? "Remote Services: Remote Desktop Protocol"
                        : "Remote Services";
        return Fact.newBuilder(logon)
                .setFollowOn(FollowOn.newBuilder()
                        .setTechnique(technique)
                        .setTechniqueName(name)
                        .setTactic("TA0008")
                        .setTacticName("Lateral Movement")
                        .setWhat("a logon at " + logon.getHost())
                        .setShown(details.getAccount()
                                + (details.getIp() == null ? "" : " from " + details.getIp())
                                + (type == null || type != NETWORK ? "" : ", over the network"))
                        .setListVersion("")
                        .build())
                .build();
    }
}
