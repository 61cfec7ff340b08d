/** What is sent to the SOARs, and when: throttled updates, limits of new cases, summaries, destinations. */
@NullMarked
package io.clicktrail.alerter.delivery;

import org.jspecify.annotations.NullMarked;
