/** Which stages of a chain the sensors of each host cover. */
@NullMarked
package io.clicktrail.standalone.coverage;

import org.jspecify.annotations.NullMarked;
