/** Reads log files and splits them into the records that a collector would have sent. */
@NullMarked
package io.clicktrail.standalone.logs;

import org.jspecify.annotations.NullMarked;
