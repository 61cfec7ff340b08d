/** The mails with the link: what the gateway holds them for, who else got them, and who of those followed the link. */
@NullMarked
package io.clicktrail.alerter.mail;

import org.jspecify.annotations.NullMarked;
