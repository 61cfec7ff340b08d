package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Remote;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Zeek 7 sees at the edge (docs.zeek.org, log files); how it is written is up to {@link Form}. */
public final class Zeek implements Sensor {
    private static final String RESOLVER = "10.20.0.2";

    private final Form form;

    public Zeek(Form form) {
        this.form = form;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = activity.at();
        return switch (activity) {
            case Activity.NameResolved resolved -> {
                var row = row(at, machine, new Remote(RESOLVER, RESOLVER, 53));
                row.put("proto", "udp");
                row.put("trans_id", machine.random().nextInt(65_000));
                row.put("rtt", 0.011);
                row.put("query", resolved.name());
                row.put("qclass", 1);
                row.put("qclass_name", "C_INTERNET");
                row.put("qtype", 1);
                row.put("qtype_name", "A");
                row.put("rcode", 0);
                row.put("rcode_name", "NOERROR");
                row.put("AA", false);
                row.put("TC", false);
                row.put("RD", true);
                row.put("RA", true);
                row.put("Z", 0);
                row.put("answers", List.of(resolved.address()));
                row.put("TTLs", List.of(60.0));
                row.put("rejected", false);
                yield write("dns", at, row, logs);
            }
            case Activity.Connected connected -> {
                connection(connected, machine, logs);
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
                var row = new LinkedHashMap<String, @Nullable Object>();
                row.put("ts", seconds(at));
                row.put("uids", List.of(uid(machine)));
                row.put("client_addr", "0.0.0.0");
                row.put("server_addr", "10.20.0.1");
                row.put("mac", machine.mac());
                row.put("host_name", machine.name().toUpperCase(Locale.ROOT));
                row.put("client_fqdn", null);
                row.put("domain", null);
                row.put("requested_addr", null);
                row.put("assigned_addr", machine.address());
                row.put("lease_time", 43_200.0);
                row.put("client_message", null);
                row.put("server_message", null);
                row.put("msg_types", List.of("REQUEST", "ACK"));
                row.put("duration", 0.1);
                yield write("dhcp", at, row, logs);
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

    private void connection(Activity.Connected connected, Machine machine, LogCollector logs) {
        Instant at = connected.at();
        Remote remote = connected.remote();
        var row = row(at, machine, remote);
        Object uid = row.get("uid");
        Object port = row.get("id.orig_p");
        row.put("proto", connected.quic() ? "udp" : "tcp");
        row.put("service", connected.quic() ? "quic,ssl" : remote.encrypted() ? "ssl" : "http");
        row.put("duration", 1.5 + machine.random().nextInt(300) / 10.0);
        row.put("orig_bytes", 800 + machine.random().nextInt(5000));
        row.put("resp_bytes", 4000 + machine.random().nextInt(900_000));
        row.put("conn_state", "SF");
        row.put("local_orig", true);
        row.put("local_resp", false);
        row.put("missed_bytes", 0);
        row.put("history", connected.quic() ? "Dd" : "ShADadFf");
        row.put("orig_pkts", 11);
        row.put("orig_ip_bytes", 2000);
        row.put("resp_pkts", 40);
        row.put("resp_ip_bytes", 46_000);
        row.put("tunnel_parents", null);
        row.put("ip_proto", connected.quic() ? 17 : 6);
        write("conn", at, row, logs);
        if (connected.quic()) {
            Instant seen = at.plusMillis(20);
            var quic = row(seen, machine, remote);
            quic.put("uid", uid);
            quic.put("id.orig_p", port);
            quic.put("version", "1");
            quic.put("client_initial_dcid", machine.hex(16));
            quic.put("client_scid", "(empty)");
            quic.put("server_scid", machine.hex(16));
            quic.put("server_name", remote.named() ? remote.name() : null);
            quic.put("client_protocol", "h3");
            quic.put("history", "ISishIHH");
            write("quic", seen, quic, logs);
        } else if (remote.encrypted()) {
            Instant seen = at.plusMillis(30);
            var ssl = row(seen, machine, remote);
            ssl.put("uid", uid);
            ssl.put("id.orig_p", port);
            ssl.put("version", "TLSv13");
            ssl.put("cipher", "TLS_AES_128_GCM_SHA256");
            ssl.put("curve", "x25519");
            ssl.put("server_name", remote.named() ? remote.name() : null);
            ssl.put("resumed", false);
            ssl.put("last_alert", null);
            ssl.put("next_protocol", "h2");
            ssl.put("established", true);
            ssl.put("ssl_history", "CsiI");
            ssl.put("cert_chain_fps", null);
            ssl.put("client_cert_chain_fps", null);
            ssl.put("sni_matches_cert", true);
            write("ssl", seen, ssl, logs);
        }
    }

    private void request(Activity.Requested requested, Machine machine, LogCollector logs) {
        Instant at = requested.at();
        String fuid = "F" + machine.hex(17);
        var row = row(at, machine, requested.remote());
        row.put("trans_depth", 1);
        row.put("method", requested.method());
        row.put("host", requested.remote().name());
        row.put("uri", io.clicktrail.benchmarks.detection.host.WebActivity.target(requested.url()));
        row.put("referrer", requested.referrer().isEmpty() ? null : requested.referrer());
        row.put("version", "1.1");
        row.put("user_agent", "Mozilla/5.0");
        row.put("origin", null);
        row.put("request_body_len", requested.method().equals("POST") ? 143 : 0);
        row.put("response_body_len", requested.bytes());
        row.put("status_code", 200);
        row.put("status_msg", "OK");
        row.put("info_code", null);
        row.put("info_msg", null);
        row.put("tags", List.of());
        row.put("username", null);
        row.put("password", null);
        row.put("proxied", null);
        row.put("orig_fuids", null);
        row.put("orig_filenames", null);
        row.put("orig_mime_types", null);
        row.put("resp_fuids", List.of(fuid));
        row.put("resp_filenames", requested.fileName().isEmpty() ? null : List.of(requested.fileName()));
        row.put("resp_mime_types", List.of(requested.mime()));
        write("http", at, row, logs);
        if (!requested.fileName().isEmpty()) {
            Instant seen = at.plusMillis(80);
            var file = new LinkedHashMap<String, @Nullable Object>();
            file.put("ts", seconds(seen));
            file.put("fuid", fuid);
            file.put("uid", row.get("uid"));
            file.put("id.orig_h", machine.address());
            file.put("id.orig_p", row.get("id.orig_p"));
            file.put("id.resp_h", requested.remote().address());
            file.put("id.resp_p", requested.remote().port());
            file.put("source", "HTTP");
            file.put("depth", 0);
            file.put("analyzers", List.of("SHA256"));
            file.put("mime_type", requested.mime());
            file.put("filename", requested.fileName());
            file.put("duration", 0.1);
            file.put("local_orig", false);
            file.put("is_orig", false);
            file.put("seen_bytes", requested.bytes());
            file.put("total_bytes", requested.bytes());
            file.put("missing_bytes", 0);
            file.put("overflow_bytes", 0);
            file.put("timedout", false);
            file.put("parent_fuid", null);
            file.put("md5", null);
            file.put("sha1", null);
            file.put("sha256", requested.sha256());
            file.put("extracted", null);
            file.put("extracted_cutoff", null);
            file.put("extracted_size", null);
            write("files", seen, file, logs);
        }
    }

    private boolean write(String log, Instant at, Map<String, @Nullable Object> row, LogCollector logs) {
        form.write(log, at, row, logs);
        return true;
    }

    private static LinkedHashMap<String, @Nullable Object> row(Instant at, Machine machine, Remote remote) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("ts", seconds(at));
        row.put("uid", uid(machine));
        row.put("id.orig_h", machine.address());
        row.put("id.orig_p", machine.nextPort());
        row.put("id.resp_h", remote.address());
        row.put("id.resp_p", remote.port());
        return row;
    }

    private static String uid(Machine machine) {
        return "C" + machine.hex(17);
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1e3;
    }

    /** How rows become lines. */
    public interface Form {

        /** @param row names and values in the order of Zeek's default columns */
        void write(String log, Instant at, Map<String, @Nullable Object> row, LogCollector logs);
    }
}
