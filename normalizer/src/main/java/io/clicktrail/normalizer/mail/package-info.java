/** Mail systems and gateways: what was delivered, and which links were clicked. */
@NullMarked
package io.clicktrail.normalizer.mail;

import org.jspecify.annotations.NullMarked;
