package io.clicktrail.benchmarks.detection;

/**
 * An invented web place from which the content of a story comes.
 *
 * @param base URL without a slash at its end; for a tenant in the path with that path
 * @param mark what names the place in a case: the host, with a tenant in the path that path too
 * @param address of the server
 */
record Place(DomainKind kind, String base, String mark, String address) {}
