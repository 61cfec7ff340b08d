/** Which application a process belongs to and what its command line runs. */
@NullMarked
package io.clicktrail.enricher.process;

import org.jspecify.annotations.NullMarked;
