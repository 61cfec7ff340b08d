package io.clicktrail.correlator.chain;

import java.util.List;

/**
 * What one piece of evidence says for matching.
 *
 * @param item the part it plays
 * @param edges who started whom, or in whose name, if it is the start of a process
 */
record ParsedEvidence(ChainEvent item, List<ProcessStart> edges) {}
