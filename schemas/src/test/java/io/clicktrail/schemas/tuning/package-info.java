/** Tests of the tuning table. */
@NullMarked
package io.clicktrail.schemas.tuning;

import org.jspecify.annotations.NullMarked;
