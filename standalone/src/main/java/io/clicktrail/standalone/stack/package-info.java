/** The broker, the registry and the four services on this machine. */
@NullMarked
package io.clicktrail.standalone.stack;

import org.jspecify.annotations.NullMarked;
