/** What the services may do on the brokers: enough, and no more. */
@NullMarked
package io.clicktrail.deploy.access;

import org.jspecify.annotations.NullMarked;
