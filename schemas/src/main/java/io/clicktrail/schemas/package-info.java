/** The contract between the services: topics, schemas and how they travel. */
@NullMarked
package io.clicktrail.schemas;

import org.jspecify.annotations.NullMarked;
