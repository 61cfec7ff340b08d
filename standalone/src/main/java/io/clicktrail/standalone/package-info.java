/** The whole suite on one machine, and the command line that plays logs through it. */
@NullMarked
package io.clicktrail.standalone;

import org.jspecify.annotations.NullMarked;
