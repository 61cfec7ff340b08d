/** The analyst's questions, and what the logs answer. */
@NullMarked
package io.clicktrail.alerter.questions;

import org.jspecify.annotations.NullMarked;
