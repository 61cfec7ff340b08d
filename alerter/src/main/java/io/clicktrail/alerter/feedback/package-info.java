/** What SOARs and analysts say of a case, read from JSON that nobody has checked. */
@NullMarked
package io.clicktrail.alerter.feedback;

import org.jspecify.annotations.NullMarked;
