/**
 * Turns events into evidence, one class for each family of events: processes, links, egress and files. No state but
 * what the domain scorer remembers.
 */
@NullMarked
package io.clicktrail.enricher.evidence;

import org.jspecify.annotations.NullMarked;
