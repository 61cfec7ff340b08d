/** Recommended and withheld actions of a case. */
@NullMarked
package io.clicktrail.alerter.response;

import org.jspecify.annotations.NullMarked;
