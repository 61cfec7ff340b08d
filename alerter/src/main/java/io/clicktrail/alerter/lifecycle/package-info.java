/** Create, update, close: which revision of a case is worth sending, and where. */
@NullMarked
package io.clicktrail.alerter.lifecycle;

import org.jspecify.annotations.NullMarked;
