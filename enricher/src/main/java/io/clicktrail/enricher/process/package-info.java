/** Which application a process belongs to and what it was told to run. */
@NullMarked
package io.clicktrail.enricher.process;

import org.jspecify.annotations.NullMarked;
