/** Logs of firewalls: Cisco, Check Point, FortiGate, PAN-OS. */
@NullMarked
package io.clicktrail.normalizer.firewall;

import org.jspecify.annotations.NullMarked;
