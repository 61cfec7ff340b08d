/** What an analyst asks, and what the logs answer. */
@NullMarked
package io.clicktrail.alerter.questions;

import org.jspecify.annotations.NullMarked;
