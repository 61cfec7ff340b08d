/** Logs through the real stack: delivered, waited for, accounted for, and what came out. */
@NullMarked
package io.clicktrail.standalone.replay;

import org.jspecify.annotations.NullMarked;
