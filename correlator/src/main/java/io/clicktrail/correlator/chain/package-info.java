/** The chain: what it is (definition), what a host remembers of it (state), and how both move (step, expire). */
@NullMarked
package io.clicktrail.correlator.chain;

import org.jspecify.annotations.NullMarked;
