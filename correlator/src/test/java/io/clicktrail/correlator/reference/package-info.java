/** A second, plain implementation of the chain that shares no code with the first. */
@NullMarked
package io.clicktrail.correlator.reference;

import org.jspecify.annotations.NullMarked;
