/** The settings of the console. */
@NullMarked
package io.clicktrail.console.settings;

import org.jspecify.annotations.NullMarked;
