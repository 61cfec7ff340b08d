/** The detection as the case reads it: ordered, cleaned and cut to the budget. */
@NullMarked
package io.clicktrail.alerter.chain;

import org.jspecify.annotations.NullMarked;
