/** What another setting would have made of the same logs. */
@NullMarked
package io.clicktrail.engine.backtest;

import org.jspecify.annotations.NullMarked;
