/** Dated lists of facts, as the services ship and operators replace them. */
@NullMarked
package io.clicktrail.schemas.lists;

import org.jspecify.annotations.NullMarked;
