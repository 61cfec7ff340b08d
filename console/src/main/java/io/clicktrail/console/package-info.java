/** The analyst's pages: the queue of cases, the page of a case, and the state of the pipeline. */
@NullMarked
package io.clicktrail.console;

import org.jspecify.annotations.NullMarked;
