/** Where files lie, what they are and what their names pretend. */
@NullMarked
package io.clicktrail.enricher.file;

import org.jspecify.annotations.NullMarked;
