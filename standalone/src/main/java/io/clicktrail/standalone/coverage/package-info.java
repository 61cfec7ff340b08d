/** Which stages of a chain the sensors of each host could show. */
@NullMarked
package io.clicktrail.standalone.coverage;

import org.jspecify.annotations.NullMarked;
