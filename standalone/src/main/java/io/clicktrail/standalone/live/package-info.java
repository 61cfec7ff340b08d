/** Sends logs to a running installation and reads the cases that come. */
@NullMarked
package io.clicktrail.standalone.live;

import org.jspecify.annotations.NullMarked;
