/** The timeline of a case in sentences, and its observables. */
@NullMarked
package io.clicktrail.alerter.timeline;

import org.jspecify.annotations.NullMarked;
