/** The case as a whole: a pure function of the detection and the organisation. */
@NullMarked
package io.clicktrail.alerter.casefile;

import org.jspecify.annotations.NullMarked;
