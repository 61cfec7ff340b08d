/** Blind spots, without a broker. */
@NullMarked
package io.clicktrail.standalone.coverage;

import org.jspecify.annotations.NullMarked;
