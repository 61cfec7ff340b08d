/** The correlator: chains of click, egress, write and execution on one host. */
@NullMarked
package io.clicktrail.correlator;

import org.jspecify.annotations.NullMarked;
