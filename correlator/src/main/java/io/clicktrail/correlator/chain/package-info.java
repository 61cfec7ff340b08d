/** The chain: what it is (definition), what is stored of each host (state), and how both move (step, expire). */
@NullMarked
package io.clicktrail.correlator.chain;

import org.jspecify.annotations.NullMarked;
