/** The contract between the services: topics, schemas and serdes. */
@NullMarked
package io.clicktrail.schemas;

import org.jspecify.annotations.NullMarked;
