/** Zeek's JSON logs. */
@NullMarked
package io.clicktrail.normalizer.zeek;

import org.jspecify.annotations.NullMarked;
