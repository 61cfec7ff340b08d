/** Logs of web proxies and gateways: Blue Coat, Squid, Skyhigh, Zscaler, Netskope, Umbrella. */
@NullMarked
package io.clicktrail.normalizer.proxy;

import org.jspecify.annotations.NullMarked;
