/** What differs between two revisions of a case. */
@NullMarked
package io.clicktrail.console.revisions;

import org.jspecify.annotations.NullMarked;
