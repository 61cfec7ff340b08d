/** The mutable elements of AN0178, AN0179 and AN0180: one table, and what follows from it. */
@NullMarked
package io.clicktrail.schemas.tuning;

import org.jspecify.annotations.NullMarked;
