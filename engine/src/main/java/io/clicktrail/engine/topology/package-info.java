/**
 * A small runtime for the services' own topologies: the same processors, wired by the same code, with stores in memory
 * and topics that hand their records over.
 */
@NullMarked
package io.clicktrail.engine.topology;

import org.jspecify.annotations.NullMarked;
