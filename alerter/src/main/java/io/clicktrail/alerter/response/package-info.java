/** What to do about a case, and what must never be done. */
@NullMarked
package io.clicktrail.alerter.response;

import org.jspecify.annotations.NullMarked;
