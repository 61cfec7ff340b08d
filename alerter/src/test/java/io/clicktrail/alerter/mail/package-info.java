@NullMarked
package io.clicktrail.alerter.mail;

import org.jspecify.annotations.NullMarked;
