package io.clicktrail.correlator.chain;

import java.util.Arrays;
import java.util.List;

/**
 * The process tree of a host as far as its recent starts show it, and the questions of descent that matching asks.
 *
 * <p>A start is an edge from the started process to its parent. The edges are indexed by the started process in a hash
 * table with chaining (two int arrays, heads and next), built at the first question, as most steps ask none. A question
 * is a breadth-first search upwards from the process, at most {@value #MAX_GENERATIONS} generations, so that a
 * long-lived ancestor such as a login shell or explorer.exe does not link everything below it. Edges that a question
 * has visited carry its number, so nothing is cleared between questions and a cycle, which a reused or forged identity
 * can make, ends.
 *
 * <p>Two sensors may name different parents of one process. A process then descends from both, so that a start that
 * arrives late can add a link but never take one away.
 *
 * <p>Cost: building is linear in the starts, at most {@link StateBound#STARTS}; a question visits each edge at most
 * once, an ordinary one as many edges as there are generations. Not safe for several threads.
 */
final class Lineage {

    private static final int MAX_GENERATIONS = 8;
    private static final int NONE = -1;
    private static final long[] NOBODY = {};

    private final List<ProcessStart> starts;
    private int[] heads = {};
    private int[] next = {};
    private int[] visited = {};
    private int[] queue = {};
    private int question;

    Lineage(List<ProcessStart> starts) {
        this.starts = starts;
    }

    /**
     * Whether a process was started by another one, directly or through at most seven between, all of them started in
     * the given span of event time.
     */
    boolean descends(long process, long ancestor, long from, long to) {
        if (process == Fingerprint.ABSENT || ancestor == Fingerprint.ABSENT || starts.isEmpty()) {
            return false;
        }
        if (heads.length == 0) {
            index();
        }
        question++;
        int begin = 0;
        int end = enqueue(process, from, to, 0);
        for (int generation = 1; begin < end && generation <= MAX_GENERATIONS; generation++) {
            int level = end;
            for (; begin < level; begin++) {
                long parent = starts.get(queue[begin]).parent();
                if (parent == ancestor) {
                    return true;
                }
                end = enqueue(parent, from, to, end);
            }
        }
        return false;
    }

    /** A process and all that it descends from, whenever they were started. */
    long[] lineOf(long process) {
        if (process == Fingerprint.ABSENT) {
            return NOBODY;
        }
        var line = new long[] {process};
        if (starts.isEmpty()) {
            return line;
        }
        if (heads.length == 0) {
            index();
        }
        question++;
        int begin = 0;
        int end = enqueue(process, Long.MIN_VALUE, Long.MAX_VALUE, 0);
        for (int generation = 1; begin < end && generation <= MAX_GENERATIONS; generation++) {
            int level = end;
            for (; begin < level; begin++) {
                long parent = starts.get(queue[begin]).parent();
                line = Arrays.copyOf(line, line.length + 1);
                line[line.length - 1] = parent;
                end = enqueue(parent, Long.MIN_VALUE, Long.MAX_VALUE, end);
            }
        }
        return line;
    }

    private int enqueue(long process, long from, long to, int end) {
        for (int i = heads[slot(process)]; i != NONE; i = next[i]) {
            var start = starts.get(i);
            if (start.process() == process && visited[i] != question && start.time() >= from && start.time() <= to) {
                visited[i] = question;
                queue[end++] = i;
            }
        }
        return end;
    }

    private void index() {
        int slots = Integer.highestOneBit(starts.size()) << 1;
        heads = new int[slots];
        Arrays.fill(heads, NONE);
        next = new int[starts.size()];
        visited = new int[starts.size()];
        queue = new int[starts.size()];
        for (int i = 0; i < next.length; i++) {
            int slot = slot(starts.get(i).process());
            next[i] = heads[slot];
            heads[slot] = i;
        }
    }

    private int slot(long process) {
        return (int) (process >>> 32 ^ process) & heads.length - 1;
    }
}
