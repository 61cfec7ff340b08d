/** The order and the moments in which collectors would have delivered the records of a set of log files. */
@NullMarked
package io.clicktrail.standalone.delivery;

import org.jspecify.annotations.NullMarked;
