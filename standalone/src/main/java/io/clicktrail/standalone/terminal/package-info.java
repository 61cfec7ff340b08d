/** What a person sees of long work. */
@NullMarked
package io.clicktrail.standalone.terminal;

import org.jspecify.annotations.NullMarked;
