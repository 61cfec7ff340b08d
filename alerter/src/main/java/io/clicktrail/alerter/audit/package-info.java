/** The record of who changed what: entries for the audit topic. */
@NullMarked
package io.clicktrail.alerter.audit;

import org.jspecify.annotations.NullMarked;
