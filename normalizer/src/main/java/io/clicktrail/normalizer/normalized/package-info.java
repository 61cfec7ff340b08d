/** Events that other products normalized already: OCSF and ECS. */
@NullMarked
package io.clicktrail.normalizer.normalized;

import org.jspecify.annotations.NullMarked;
