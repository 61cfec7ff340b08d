/** Tests of the broker and the registry for one machine. */
@NullMarked
package io.clicktrail.local;

import org.jspecify.annotations.NullMarked;
