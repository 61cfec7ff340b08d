/** What an operator sets in the enricher's configuration file. */
@NullMarked
package io.clicktrail.enricher.settings;

import org.jspecify.annotations.NullMarked;
