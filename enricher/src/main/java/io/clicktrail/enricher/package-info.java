/** The enricher: turns events into evidence by what is known of domains, hosts, files and processes. */
@NullMarked
package io.clicktrail.enricher;

import org.jspecify.annotations.NullMarked;
