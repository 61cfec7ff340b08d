@NullMarked
package io.clicktrail.alerter.audit;

import org.jspecify.annotations.NullMarked;
