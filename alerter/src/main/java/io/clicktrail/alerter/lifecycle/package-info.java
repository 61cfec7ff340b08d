/** Create, update, close: the lifecycle of a case and its revisions. */
@NullMarked
package io.clicktrail.alerter.lifecycle;

import org.jspecify.annotations.NullMarked;
