/** Which tier handles a case, and how soon. */
@NullMarked
package io.clicktrail.alerter.escalation;

import org.jspecify.annotations.NullMarked;
