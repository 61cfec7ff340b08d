/** Windows events in three containers with one meaning. */
@NullMarked
package io.clicktrail.normalizer.windows;

import org.jspecify.annotations.NullMarked;
