/** What another tuning makes of recorded logs, or of what a running installation has read. */
@NullMarked
package io.clicktrail.standalone.backtest;

import org.jspecify.annotations.NullMarked;
