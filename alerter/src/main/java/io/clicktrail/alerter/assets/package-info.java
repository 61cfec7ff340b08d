/** What the organisation knows of its own hosts and people. */
@NullMarked
package io.clicktrail.alerter.assets;

import org.jspecify.annotations.NullMarked;
