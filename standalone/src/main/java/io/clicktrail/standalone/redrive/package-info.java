/** Rejected records and dead letters: list them and send them back to their topics. */
@NullMarked
package io.clicktrail.standalone.redrive;

import org.jspecify.annotations.NullMarked;
