/** The order and times in which collectors would have delivered the records of log files. */
@NullMarked
package io.clicktrail.standalone.delivery;

import org.jspecify.annotations.NullMarked;
