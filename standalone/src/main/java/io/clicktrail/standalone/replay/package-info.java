/** Plays logs through the real stack: writes them, waits for the services, counts records and reads the cases. */
@NullMarked
package io.clicktrail.standalone.replay;

import org.jspecify.annotations.NullMarked;
