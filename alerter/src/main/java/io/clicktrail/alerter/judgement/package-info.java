/** Severity, confidence and risk of a chain, and the factors that lower them. */
@NullMarked
package io.clicktrail.alerter.judgement;

import org.jspecify.annotations.NullMarked;
