/** Feedback of SOARs and analysts on a case, read from untrusted JSON. */
@NullMarked
package io.clicktrail.alerter.feedback;

import org.jspecify.annotations.NullMarked;
