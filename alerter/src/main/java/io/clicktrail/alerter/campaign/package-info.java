/** The case of a campaign, above the cases of its hosts. */
@NullMarked
package io.clicktrail.alerter.campaign;

import org.jspecify.annotations.NullMarked;
