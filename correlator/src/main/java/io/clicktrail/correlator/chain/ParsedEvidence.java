package io.clicktrail.correlator.chain;

import java.util.List;

/**
 * What one piece of evidence says for matching.
 *
 * @param event the part it plays
 * @param starts who started whom, or in whose name, if it is the start of a process
 */
record ParsedEvidence(ChainEvent event, List<ProcessStart> starts) {}
