/** Whether a case is of an exercise that the organisation approved, and what that changes. */
@NullMarked
package io.clicktrail.alerter.sanction;

import org.jspecify.annotations.NullMarked;
