package io.clicktrail.correlator.chain;

import io.clicktrail.event.Platform;
import java.util.List;

/**
 * What the correlator keeps of one host: the evidence inside the window and its open chains. Immutable; a step makes a
 * new one. Lists are in order of arrival; what leaves the window, or exceeds the most of a stage, is removed.
 *
 * @param platform of the host, once a sensor has reported it
 * @param clicks evidence of the first stage, and so on for each stage
 * @param signIns risky sign-ins of the host's users
 * @param starts starts of processes: the edges of the process tree
 * @param chains open chains, oldest first
 * @param episodes how many chains of a tenant key there were, of keys without an open chain
 * @param timer stream time at which the host is due next, milliseconds since 1970; 0 if never
 */
public record HostState(
        Platform platform,
        List<ChainEvent> clicks,
        List<ChainEvent> egresses,
        List<ChainEvent> writes,
        List<ChainEvent> executions,
        List<ChainEvent> signIns,
        List<ProcessStart> starts,
        List<OpenChain> chains,
        List<Episodes> episodes,
        long timer) {

    /** A host of which nothing is known. */
    public static final HostState EMPTY = new HostState(
            Platform.UNKNOWN,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0);

    /**
     * How many chains of a tenant key are over.
     *
     * @param tenant fingerprint of the tenant key
     * @param count number of episodes
     * @param touched stream time of the last one's last evidence, milliseconds since 1970
     */
    public record Episodes(long tenant, int count, long touched) {}

    HostState withTimer(long newTimer) {
        return newTimer == timer
                ? this
                : new HostState(
                        platform, clicks, egresses, writes, executions, signIns, starts, chains, episodes, newTimer);
    }

    /** This state with other events; itself if they are the same. */
    HostState with(
            Platform newPlatform,
            List<ChainEvent> newClicks,
            List<ChainEvent> newEgresses,
            List<ChainEvent> newWrites,
            List<ChainEvent> newExecutions,
            List<ChainEvent> newSignIns,
            List<ProcessStart> newStarts) {
        boolean same = newPlatform == platform
                && newClicks == clicks
                && newEgresses == egresses
                && newWrites == writes
                && newExecutions == executions
                && newSignIns == signIns
                && newStarts == starts;
        return same
                ? this
                : new HostState(
                        newPlatform,
                        newClicks,
                        newEgresses,
                        newWrites,
                        newExecutions,
                        newSignIns,
                        newStarts,
                        chains,
                        episodes,
                        timer);
    }

    HostState with(List<OpenChain> newChains, List<Episodes> newEpisodes) {
        return new HostState(
                platform, clicks, egresses, writes, executions, signIns, starts, newChains, newEpisodes, timer);
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return clicks.isEmpty()
                && egresses.isEmpty()
                && writes.isEmpty()
                && executions.isEmpty()
                && signIns.isEmpty()
                && starts.isEmpty()
                && chains.isEmpty()
                && episodes.isEmpty();
    }
}
