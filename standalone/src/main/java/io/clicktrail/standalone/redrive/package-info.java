/** Records that were set aside: what they are, why, and back to where they came from. */
@NullMarked
package io.clicktrail.standalone.redrive;

import org.jspecify.annotations.NullMarked;
