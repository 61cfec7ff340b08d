/** Makes text from logs safe: no hidden characters, bounded length, defanged, escaped. */
@NullMarked
package io.clicktrail.alerter.text;

import org.jspecify.annotations.NullMarked;
