/** A real broker and a real registry as child processes, for one machine and for tests. */
@NullMarked
package io.clicktrail.local;

import org.jspecify.annotations.NullMarked;
