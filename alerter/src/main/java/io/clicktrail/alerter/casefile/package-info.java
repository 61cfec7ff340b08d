/** The whole case: a pure function of the detection, its context and the organisation. */
@NullMarked
package io.clicktrail.alerter.casefile;

import org.jspecify.annotations.NullMarked;
