package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;

/** ISC dhcpd by syslog: it knows the short name that the client sends. */
public final class DhcpLog implements Sensor {

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        if (!(activity instanceof Activity.AddressLeased leased)) {
            return false;
        }
        logs.add(
                "dhcpd.log",
                leased.at(),
                "<30>1 " + Times.seconds(leased.at()) + " dhcp-1 dhcpd 1234 - - DHCPACK on " + machine.address()
                        + " to " + machine.mac() + " (" + machine.name()
                        + ") via eth1 relay eth1 lease-duration 43200");
        return true;
    }
}
