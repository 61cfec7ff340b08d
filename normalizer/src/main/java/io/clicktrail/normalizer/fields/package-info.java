/** Named values of a record, whatever it was written as: JSON, cells of a row, keys with values. */
@NullMarked
package io.clicktrail.normalizer.fields;

import org.jspecify.annotations.NullMarked;
