/** What of the cases reaches the SOARs, and how fast: pace of updates, limits of new cases, summaries, destinations. */
@NullMarked
package io.clicktrail.alerter.delivery;

import org.jspecify.annotations.NullMarked;
