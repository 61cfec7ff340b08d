package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Remote;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Suricata 7's EVE (docs.suricata.io, EVE JSON format). */
public final class SuricataLog implements Sensor {
    private static final String FILE = "suricata-eve.json";
    private static final String RESOLVER = "10.20.0.2";

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = activity.at();
        return switch (activity) {
            case Activity.NameResolved resolved -> {
                long flow = machine.random().nextLong(1L << 50);
                int port = machine.nextPort();
                var answer = object(
                        "timestamp",
                        Times.eve(at),
                        "flow_id",
                        flow,
                        "event_type",
                        "dns",
                        "src_ip",
                        RESOLVER,
                        "src_port",
                        53,
                        "dest_ip",
                        machine.address(),
                        "dest_port",
                        port,
                        "proto",
                        "UDP",
                        "dns",
                        object(
                                "version",
                                2,
                                "type",
                                "answer",
                                "id",
                                machine.random().nextInt(65_000),
                                "rrname",
                                resolved.name(),
                                "rrtype",
                                "A",
                                "rcode",
                                "NOERROR",
                                "answers",
                                List.of(object(
                                        "rrname",
                                        resolved.name(),
                                        "rrtype",
                                        "A",
                                        "ttl",
                                        60,
                                        "rdata",
                                        resolved.address())),
                                "grouped",
                                object("A", List.of(resolved.address()))));
                logs.add(FILE, at, Json.text(answer));
                yield true;
            }
            case Activity.Connected connected -> {
                Remote remote = connected.remote();
                if (connected.quic() || remote.encrypted()) {
                    String type = connected.quic() ? "quic" : "tls";
                    var hello = head(at, machine, remote, type, connected.quic() ? "UDP" : "TCP");
                    hello.put(
                            type,
                            remote.named()
                                    ? object("sni", remote.name(), "version", connected.quic() ? "1" : "TLS 1.3")
                                    : object("version", connected.quic() ? "1" : "TLS 1.3"));
                    logs.add(FILE, at, Json.text(hello));
                }
                var flow = head(at.plusSeconds(2), machine, remote, "flow", connected.quic() ? "UDP" : "TCP");
                flow.put("app_proto", connected.quic() ? "quic" : remote.encrypted() ? "tls" : "http");
                flow.put(
                        "flow",
                        object(
                                "pkts_toserver",
                                11,
                                "bytes_toserver",
                                2000,
                                "bytes_toclient",
                                46_000,
                                "start",
                                Times.eve(at),
                                "end",
                                Times.eve(at.plusSeconds(2)),
                                "state",
                                "closed"));
                logs.add(FILE, at.plusSeconds(2), Json.text(flow));
                yield true;
            }
            case Activity.Requested requested -> {
                if (requested.remote().encrypted()) {
                    yield false;
                }
                request(requested, machine, logs);
                yield true;
            }
            case Activity.AddressLeased leased -> {
                logs.add(
                        FILE,
                        at,
                        Json.text(object(
                                "timestamp",
                                Times.eve(at),
                                "flow_id",
                                machine.random().nextLong(1L << 50),
                                "event_type",
                                "dhcp",
                                "src_ip",
                                "10.20.0.1",
                                "src_port",
                                67,
                                "dest_ip",
                                machine.address(),
                                "dest_port",
                                68,
                                "proto",
                                "UDP",
                                "dhcp",
                                object(
                                        "type",
                                        "reply",
                                        "id",
                                        machine.random().nextInt(1 << 30),
                                        "client_mac",
                                        machine.mac(),
                                        "assigned_ip",
                                        machine.address(),
                                        "dhcp_type",
                                        "ack",
                                        "lease_time",
                                        43_200,
                                        "hostname",
                                        machine.name().toUpperCase(Locale.ROOT)))));
                yield true;
            }
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

    private static void request(Activity.Requested requested, Machine machine, LogCollector logs) {
        Instant at = requested.at();
        Map<String, @Nullable Object> http = object(
                "hostname",
                requested.remote().name(),
                "url",
                io.clicktrail.benchmarks.detection.host.WebActivity.target(requested.url()),
                "http_user_agent",
                "Mozilla/5.0",
                "http_content_type",
                requested.mime(),
                "http_method",
                requested.method(),
                "protocol",
                "HTTP/1.1",
                "status",
                200,
                "length",
                requested.bytes());
        if (!requested.referrer().isEmpty()) {
            http.put("http_refer", requested.referrer());
        }
        var request = head(at, machine, requested.remote(), "http", "TCP");
        request.put("tx_id", 0);
        request.put("http", http);
        logs.add(FILE, at, Json.text(request));
        if (!requested.fileName().isEmpty()) {
            Instant seen = at.plusMillis(80);
            logs.add(
                    FILE,
                    seen,
                    Json.text(object(
                            "timestamp",
                            Times.eve(seen),
                            "flow_id",
                            request.get("flow_id"),
                            "event_type",
                            "fileinfo",
                            "src_ip",
                            requested.remote().address(),
                            "src_port",
                            requested.remote().port(),
                            "dest_ip",
                            machine.address(),
                            "dest_port",
                            request.get("src_port"),
                            "proto",
                            "TCP",
                            "http",
                            http,
                            "app_proto",
                            "http",
                            "fileinfo",
                            object(
                                    "filename",
                                    "/" + requested.fileName(),
                                    "state",
                                    "CLOSED",
                                    "size",
                                    requested.bytes(),
                                    "sha256",
                                    requested.sha256(),
                                    "tx_id",
                                    0))));
        }
    }

    private static Map<String, @Nullable Object> head(
            Instant at, Machine machine, Remote remote, String type, String protocol) {
        return object(
                "timestamp",
                Times.eve(at),
                "flow_id",
                machine.random().nextLong(1L << 50),
                "event_type",
                type,
                "src_ip",
                machine.address(),
                "src_port",
                machine.nextPort(),
                "dest_ip",
                remote.address(),
                "dest_port",
                remote.port(),
                "proto",
                protocol);
    }
}
