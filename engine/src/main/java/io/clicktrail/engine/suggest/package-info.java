/** Changes of tuning that the verdicts on cases speak for. */
@NullMarked
package io.clicktrail.engine.suggest;

import org.jspecify.annotations.NullMarked;
