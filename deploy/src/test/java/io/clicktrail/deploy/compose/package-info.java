/** The compose file for one machine with Docker. */
@NullMarked
package io.clicktrail.deploy.compose;

import org.jspecify.annotations.NullMarked;
