/** Why logs gave a case, or why they gave none. */
@NullMarked
package io.clicktrail.engine.explain;

import org.jspecify.annotations.NullMarked;
