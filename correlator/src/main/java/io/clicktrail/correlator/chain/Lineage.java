package io.clicktrail.correlator.chain;

import java.util.Arrays;
import java.util.List;

/**
 * The process tree of a host as far as it is remembered, with a hash index built at the first question.
 *
 * <p>Two sensors may name different parents of one process. A process then descends from both, so that a start that
 * arrives late can add a link but never take one away.
 */
final class Lineage {

    private static final int MOST_GENERATIONS = 8;
    private static final int NONE = -1;
    private static final long[] NOBODY = {};

    private final List<ProcessStart> edges;
    private int[] heads = {};
    private int[] next = {};
    private int[] visited = {};
    private int[] queue = {};
    private int question;

    Lineage(List<ProcessStart> edges) {
        this.edges = edges;
    }

    /**
     * Whether a process was started by another one, directly or through at most seven between, all of them started in
     * the given span of event time.
     */
    boolean descends(long process, long ancestor, long from, long to) {
        if (process == Fingerprint.ABSENT || ancestor == Fingerprint.ABSENT || edges.isEmpty()) {
            return false;
        }
        if (heads.length == 0) {
            index();
        }
        question++;
        int begin = 0;
        int end = enqueue(process, from, to, 0);
        for (int generation = 1; begin < end && generation <= MOST_GENERATIONS; generation++) {
            int level = end;
            for (; begin < level; begin++) {
                long parent = edges.get(queue[begin]).parent();
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
        if (edges.isEmpty()) {
            return line;
        }
        if (heads.length == 0) {
            index();
        }
        question++;
        int begin = 0;
        int end = enqueue(process, Long.MIN_VALUE, Long.MAX_VALUE, 0);
        for (int generation = 1; begin < end && generation <= MOST_GENERATIONS; generation++) {
            int level = end;
            for (; begin < level; begin++) {
                long parent = edges.get(queue[begin]).parent();
                line = Arrays.copyOf(line, line.length + 1);
                line[line.length - 1] = parent;
                end = enqueue(parent, Long.MIN_VALUE, Long.MAX_VALUE, end);
            }
        }
        return line;
    }

    private int enqueue(long process, long from, long to, int end) {
        for (int i = heads[slot(process)]; i != NONE; i = next[i]) {
            var edge = edges.get(i);
            if (edge.process() == process && visited[i] != question && edge.time() >= from && edge.time() <= to) {
                visited[i] = question;
                queue[end++] = i;
            }
        }
        return end;
    }

    private void index() {
        int slots = Integer.highestOneBit(edges.size()) << 1;
        heads = new int[slots];
        Arrays.fill(heads, NONE);
        next = new int[edges.size()];
        visited = new int[edges.size()];
        queue = new int[edges.size()];
        for (int i = 0; i < next.length; i++) {
            int slot = slot(edges.get(i).process());
            next[i] = heads[slot];
            heads[slot] = i;
        }
    }

    private int slot(long process) {
        return (int) (process >>> 32 ^ process) & heads.length - 1;
    }
}
