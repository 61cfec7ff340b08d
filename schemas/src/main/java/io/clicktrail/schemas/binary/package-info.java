/** Avro binary of our records, without a decision for each field of each record. */
@NullMarked
package io.clicktrail.schemas.binary;

import org.jspecify.annotations.NullMarked;
