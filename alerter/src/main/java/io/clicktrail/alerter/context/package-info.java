/** What is known from outside the chain: of its site, files, host, user and mailbox. */
@NullMarked
package io.clicktrail.alerter.context;

import org.jspecify.annotations.NullMarked;
