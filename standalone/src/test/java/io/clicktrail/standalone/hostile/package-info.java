/** Attacks by whoever can write log lines, on the demo's day. */
@NullMarked
package io.clicktrail.standalone.hostile;

import org.jspecify.annotations.NullMarked;
