/** Tests of the time of records. */
@NullMarked
package io.clicktrail.streams.time;

import org.jspecify.annotations.NullMarked;
