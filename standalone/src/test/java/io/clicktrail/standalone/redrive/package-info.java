/** What is set aside, without a broker. */
@NullMarked
package io.clicktrail.standalone.redrive;

import org.jspecify.annotations.NullMarked;
