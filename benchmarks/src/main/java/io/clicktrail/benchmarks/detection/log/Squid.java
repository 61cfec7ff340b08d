package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Remote;
import java.time.Instant;
import java.util.Locale;

/** Squid's native access log (wiki.squid-cache.org, LogFormat): stamped at the end of the request. */
public final class Squid implements Sensor {
    private final boolean inspects;

    /** @param inspects whether it looks into TLS; else it sees no more than CONNECT */
    public Squid(boolean inspects) {
        this.inspects = inspects;
    }

    public boolean inspects() {
        return inspects;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        return switch (activity) {
            case Activity.Connected connected -> {
                Remote remote = connected.remote();
                if (!remote.encrypted()) {
                    yield false;
                }
                int elapsed = 1500 + machine.random().nextInt(4000);
                line(
                        logs,
                        machine,
                        connected.at(),
                        elapsed,
                        "TCP_TUNNEL/200",
                        4000 + machine.random().nextInt(900_000),
                        "CONNECT",
                        remote.name() + ":" + remote.port(),
                        remote.address(),
                        "-");
                yield true;
            }
            case Activity.Requested requested -> {
                if (!inspects && requested.remote().encrypted()) {
                    yield false;
                }
                line(
                        logs,
                        machine,
                        requested.at(),
                        150 + machine.random().nextInt(900),
                        "TCP_MISS/200",
                        requested.bytes(),
                        requested.method(),
                        requested.url(),
                        requested.remote().address(),
                        requested.mime());
                yield true;
            }
            case Activity.NameResolved resolved -> false;
            case Activity.AddressLeased leased -> false;
            case Activity.ProcessStarted started -> false;
            case Activity.FileCreated created -> false;
            case Activity.FileRenamed renamed -> false;
            case Activity.FileMarked marked -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.LoggedOn logon -> false;
            case Activity.SignedIn signedIn -> false;
        };
    }

    private static void line(
            LogCollector logs,
            Machine machine,
            Instant start,
            int elapsed,
            String code,
            long bytes,
            String method,
            String url,
            String peer,
            String mime) {
        Instant end = start.plusMillis(elapsed);
        logs.add(
                "squid-access.log",
                end,
                String.format(
                        Locale.ROOT,
                        "%s %6d %s %s %d %s %s %s HIER_DIRECT/%s %s",
                        Times.epoch(end, 3),
                        elapsed,
                        machine.address(),
                        code,
                        bytes,
                        method,
                        url.replace(" ", "%20"),
                        machine.person().login(),
                        peer,
                        mime));
    }
}
