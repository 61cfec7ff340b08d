package io.clicktrail.normalizer.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ZeekJsonTest {

    private static final Map<String, String> EXPECTED = Map.of(
            "conn", """
            {"@timestamp":"2026-03-02T10:00:05.731204Z","event":{"action":"network_connection","dataset":"zeek.conn"},\
            "client":{"ip":"10.1.2.17","port":50123,"bytes":1467},\
            "destination":{"ip":"203.0.113.9","port":443,"bytes":45269},\
            "network":{"transport":"tcp","protocol":"tls","direction":"egress","bytes":46736,\
            "flow_id":"CwT4jd3a0xQk1"}}""",
            "dns", """
            {"@timestamp":"2026-03-02T10:00:05.100Z","event":{"action":"dns_query","dataset":"zeek.dns"},\
            "client":{"ip":"10.1.2.17","port":53000},"destination":{"ip":"10.1.0.2","port":53},\
            "network":{"transport":"udp","protocol":"dns","direction":"unknown","flow_id":"CdnsA1"},\
            "dns":{"question":{"name":"files.bad.example","type":"A"},"response_code":"NOERROR",\
            "resolved_ip":["203.0.113.9","2001:db8::1"]}}""",
            "http", """
            {"@timestamp":"2026-03-02T10:00:06.500Z","event":{"action":"http_request","dataset":"zeek.http"},\
            "client":{"ip":"10.1.2.17","port":50124,"bytes":0},"destination":{"ip":"203.0.113.9","port":8080,\
            "domain":"files.bad.example","bytes":51200},\
            "network":{"transport":"tcp","protocol":"http","direction":"unknown","flow_id":"ChttpB2"},\
            "url":{"original":"http://files.bad.example:8080/a/Invoice.iso?id=1"},\
            "http":{"request":{"method":"GET","referrer":"http://mail.example/"},"response":{"status_code":200,\
            "mime_type":"application/x-iso9660-image","body":{"bytes":51200}}},"user_agent":{"original":"Mozilla/5.0"}}\
            """,
            "ssl", """
            {"@timestamp":"2026-03-02T10:00:05.731204Z","event":{"action":"network_connection","dataset":"zeek.ssl"},\
            "client":{"ip":"10.1.2.17","port":50125},"destination":{"ip":"203.0.113.9","port":443,\
            "domain":"files.bad.example"},\
            "network":{"transport":"tcp","protocol":"tls","direction":"unknown","flow_id":"CsslC3"}}""",
            "files", """
            {"@timestamp":"2026-03-02T10:00:06.600Z","event":{"action":"other","dataset":"zeek.files"},\
            "client":{"ip":"10.1.2.17"},"destination":{"ip":"203.0.113.9"},\
            "network":{"protocol":"http","direction":"unknown","flow_id":"ChttpB2"},\
            "file":{"path":"Invoice.iso","name":"Invoice.iso","extension":"iso","size":51200,\
            "mime_type":"application/x-iso9660-image",\
            "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}}}""",
            "dhcp", """
            {"@timestamp":"2026-03-02T09:50:00.250Z","event":{"action":"address_lease","dataset":"zeek.dhcp"},\
            "lease":{"ip":"10.1.2.17","mac":"00:0b:db:63:5b:d4","hostname":"ws-17.corp.example","seconds":3600}}""");

    private final TestNormalizer reader = new TestNormalizer();

    @TestFactory
    Stream<DynamicTest> readsEveryLogPlainAndWrappedAndAsRockNsmShipsIt() {
        return ZeekFixtures.ALL.entrySet().stream().flatMap(entry -> {
            String log = entry.getKey();
            String plain = entry.getValue();
            String expected = Objects.requireNonNull(EXPECTED.get(log));
            Event event = reader.event(plain);
            return Stream.of(
                    DynamicTest.dynamicTest(
                            log, () -> assertThat(EventFacts.of(event)).isEqualTo(expected)),
                    DynamicTest.dynamicTest(
                            log + " wrapped",
                            () -> assertThat(withoutSource(reader.event("{\"" + log + "\": " + plain + "}")))
                                    .isEqualTo(withoutSource(event))),
                    DynamicTest.dynamicTest(
                            log + " of RockNSM",
                            () -> assertThat(withoutSource(
                                            reader.event("{\"@stream\":\"" + log + "\",\"@proc\":\"zeek\","
                                                    + plain.substring(1)
                                                            .replace("id.orig", "id_orig")
                                                            .replace("id.resp", "id_resp"))))
                                    .isEqualTo(withoutSource(event))));
        });
    }

    @Test
    void givesEachRecordOfOneConnectionItsOwnId() {
        String dns = ZeekFixtures.DNS;
        String other = dns.replace("\"trans_id\":62418", "\"trans_id\":62419");
        String ipv6 = dns.replace("\"qtype_name\":\"A\"", "\"qtype_name\":\"AAAA\"");
        String conn = ZeekFixtures.CONN.replace("CwT4jd3a0xQk1", "CdnsA1");

        assertThat(Stream.of(dns, other, ipv6, conn)
                        .map(text -> reader.event(text).getEventId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void readsTheSameTimeOutOfEveryForm() {
        String conn = ZeekFixtures.CONN;

        assertThat(Stream.of("1772445605.731204", "\"2026-03-02T10:00:05.731204Z\"", "\"1772445605.731204\"")
                        .map(ts -> reader.event(conn.replace("1772445605.731204", ts))
                                .getEventId()))
                .containsOnly(reader.event(conn).getEventId());
        assertThat(reader.event(conn.replace("1772445605.731204", "1772445605731"))
                        .getTime())
                .isEqualTo("2026-03-02T10:00:05.731Z");
    }

    @Test
    void takesAnAbsoluteUriAsTheUrlAndNotTheProxyForTheDestination() {
        String proxied = ZeekFixtures.HTTP.replace(
                "\"uri\":\"/a/Invoice.iso?id=1\"",
                "\"uri\":\"http://files.bad.example/a\",\"host\":\"proxy.corp.example\"");
        Event event = reader.event(proxied);

        assertThat(event.getUrl().getOriginal()).isEqualTo("http://files.bad.example/a");
        assertThat(event.getDestination().getDomain()).isEqualTo("files.bad.example");
        assertThat(event.getDestination().getIp()).isNull();
        assertThat(event.getTags()).containsExactly("proxied");
    }

    @Test
    void takesOnlyTheNameOutOfAConnect() {
        String connect = ZeekFixtures.HTTP
                .replace("\"GET\"", "\"CONNECT\"")
                .replace("\"uri\":\"/a/Invoice.iso?id=1\"", "\"uri\":\"files.bad.example:443\"");
        Event event = reader.event(connect);

        assertThat(event.getUrl()).isNull();
        assertThat(event.getDestination().getDomain()).isEqualTo("files.bad.example");
        assertThat(event.getDestination().getPort()).isEqualTo(443);
    }

    @Test
    void takesTheServersAddressWhereARequestHasNoHost() {
        String bare =
                ZeekFixtures.HTTP.replace("\"host\":\"files.bad.example\",", "").replace("203.0.113.9", "2001:db8::9");

        assertThat(reader.event(bare).getUrl().getOriginal()).isEqualTo("http://[2001:db8::9]:8080/a/Invoice.iso?id=1");
    }

    @Test
    void takesTheSenderOfAnUploadForTheClient() {
        String upload = ZeekFixtures.FILES.replace("\"is_orig\":false", "\"is_orig\":true");
        Event event = reader.event(upload);

        assertThat(event.getClient().getIp()).isEqualTo("203.0.113.9");
        assertThat(event.getKind()).isEqualTo(EventKind.OTHER);
    }

    @Test
    void takesTheConnectionForTheClientOfAFileWhereZeekGivesIt() {
        String since51 = ZeekFixtures.FILES.replace(
                "\"tx_hosts\":[\"203.0.113.9\"],\"rx_hosts\":[\"10.1.2.17\"],\"conn_uids\":[\"ChttpB2\"]",
                "\"uid\":\"ChttpB2\",\"id.orig_h\":\"10.1.2.17\",\"id.orig_p\":50124,"
                        + "\"id.resp_h\":\"203.0.113.9\",\"id.resp_p\":80");

        assertThat(reader.event(since51).getClient().getIp()).isEqualTo("10.1.2.17");
        assertThat(reader.event(since51).getSource().getDataset()).isEqualTo("zeek.files");
    }

    @Test
    void stripsEveryFolderOffANameFromTheWire() {
        String path = ZeekFixtures.FILES.replace("\"Invoice.iso\"", "\"..\\\\..\\\\x/Invoice.iso\"");

        assertThat(reader.event(path).getFile().getPath()).isEqualTo("Invoice.iso");
    }

    @Test
    void readsTheOldShapeOfALease() {
        String old = """
                {"dhcp": {"ts":1772445000.25,"uid":"CSiO9f","id.orig_h":"10.1.2.17","id.orig_p":68,\
                "id.resp_h":"10.1.0.1","id.resp_p":67,\
                "mac":"00:0b:db:63:5b:d4","assigned_ip":"10.1.2.17","lease_time":3564.0,"trans_id":418901490}}""";

        assertThat(reader.event(old).getLease().getIp()).isEqualTo("10.1.2.17");
    }

    @Test
    void ignoresWhatGivesNoFact() {
        assertThat(reader.ignored(ZeekFixtures.DHCP.replace("\"REQUEST\",\"ACK\"", "\"DISCOVER\",\"OFFER\""))
                        .dataset())
                .isEqualTo("zeek.dhcp");
        assertThat(reader.ignored(ZeekFixtures.FILES.replace("\"HTTP\"", "\"SSL\""))
                        .dataset())
                .isEqualTo("zeek.files");
        assertThat(reader.ignored("{\"weird\":{\"ts\":1772445605.1,\"name\":\"x\"}}")
                        .dataset())
                .isEqualTo("zeek.weird");
        assertThat(reader.ignored("{\"ts\":1772445605.1,\"_path\":\"corp_custom\",\"uid\":\"C1\"}")
                        .dataset())
                .isEqualTo("zeek.other");
    }

    @Test
    void treatsTheUnspecifiedAddressAsAbsent() {
        assertThat(reader.event(ZeekFixtures.CONN.replace("10.1.2.17", "0.0.0.0"))
                        .getClient())
                .isNull();
    }

    @Test
    void rejectsARecordWithoutAReadableTime() {
        assertThat(reader.rejected(ZeekFixtures.CONN.replace("1772445605.731204", "1e300"))
                        .reason())
                .isEqualTo(Reason.BAD_TIME);
    }

    private static String withoutSource(Event event) {
        return new EventJson().write(event).replaceAll("\"hash\":\"[0-9a-f]{64}\"", "");
    }
}
