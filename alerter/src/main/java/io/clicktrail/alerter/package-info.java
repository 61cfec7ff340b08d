/** The alerter: turns a detection into a case that an analyst and a SOAR can act on. */
@NullMarked
package io.clicktrail.alerter;

import org.jspecify.annotations.NullMarked;
