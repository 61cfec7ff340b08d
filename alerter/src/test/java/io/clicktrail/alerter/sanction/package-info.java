@NullMarked
package io.clicktrail.alerter.sanction;

import org.jspecify.annotations.NullMarked;
