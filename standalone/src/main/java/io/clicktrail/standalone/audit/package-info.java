/** What an operator changes by the command line, on the audit topic. */
@NullMarked
package io.clicktrail.standalone.audit;

import org.jspecify.annotations.NullMarked;
