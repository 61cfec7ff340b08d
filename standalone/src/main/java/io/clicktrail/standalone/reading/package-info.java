/** How a record was read: its envelopes, its format, the fields that were taken and the names that were left over. */
@NullMarked
package io.clicktrail.standalone.reading;

import org.jspecify.annotations.NullMarked;
