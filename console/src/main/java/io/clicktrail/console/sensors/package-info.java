/** Which sensors each host has. */
@NullMarked
package io.clicktrail.console.sensors;

import org.jspecify.annotations.NullMarked;
