/** Text from logs made harmless: no hidden characters, bounded length, defanged, escaped. */
@NullMarked
package io.clicktrail.alerter.text;

import org.jspecify.annotations.NullMarked;
