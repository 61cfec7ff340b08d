package io.clicktrail.normalizer.normalized;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.MarkAction;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import org.junit.jupiter.api.Test;

class OcsfEventJsonTest {

    private static final String DEVICE =
            "\"device\":{\"hostname\":\"WS-17\",\"domain\":\"corp.example\",\"uid\":\"d-17\","
                    + "\"ip\":\"10.1.2.17\",\"os\":{\"type\":\"Windows\",\"type_id\":100}}";
    private static final String ACTOR = "\"actor\":{\"user\":{\"name\":\"CORP\\\\ada\",\"uid\":\"S-1-5-21-1\","
            + "\"email_addr\":\"ada@corp.example\"},\"process\":{\"pid\":184,\"uid\":\"p-184\","
            + "\"name\":\"explorer.exe\",\"cmd_line\":\"explorer.exe\","
            + "\"file\":{\"path\":\"C:\\\\Windows\\\\explorer.exe\"}}}";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsALaunch() {
        Event event = reader.event(document(
                1007,
                1,
                DEVICE + "," + ACTOR
                        + ",\"process\":{\"pid\":6732,\"uid\":\"p-6732\","
                        + "\"created_time\":1772445605731,\"cmd_line\":\"wscript.exe a.js\","
                        + "\"file\":{\"path\":\"C:\\\\Windows\\\\System32\\\\wscript.exe\","
                        + "\"hashes\":[{\"algorithm_id\":1,\"value\":\"D41D8CD98F00B204E9800998ECF842"
                        + "7E\"},{\"algorithm_id\":3,\"value\":\"e3b0c44298fc1c149afbf4c8996fb92427ae"
                        + "41e4649b934ca495991b7852b855\"}]}}"));

        assertThat(new EventJson().write(event))
                .isEqualTo("{\"@timestamp\":\"2026-03-02T10:00:05.731Z\",\"event\":{\"id\":\"" + event.getEventId()
                        + "\",\"action\":\"process_start\",\"code\":\"1007\","
                        + "\"dataset\":\"ocsf.process\",\"hash\":\""
                        + event.getSource().getSha256()
                        + "\",\"outcome\":\"success\"},\"source\":{\"topic\":\"clicktrail.raw.logs\","
                        + "\"partition\":1,\"offset\":42,\"index\":0},"
                        + "\"host\":{\"name\":\"ws-17.corp.example\",\"hostname\":\"WS-17\","
                        + "\"domain\":\"corp.example\",\"id\":\"d-17\",\"ip\":[\"10.1.2.17\"],"
                        + "\"os\":{\"type\":\"windows\"}},"
                        + "\"user\":{\"name\":\"ada\",\"domain\":\"CORP\",\"id\":\"S-1-5-21-1\","
                        + "\"email\":\"ada@corp.example\"},"
                        + "\"process\":{\"entity_id\":\"p-6732\",\"pid\":6732,"
                        + "\"start\":\"2026-03-02T10:00:05.731Z\","
                        + "\"executable\":\"C:\\\\Windows\\\\System32\\\\wscript.exe\","
                        + "\"name\":\"wscript.exe\",\"command_line\":\"wscript.exe a.js\","
                        + "\"hash\":{\"md5\":\"d41d8cd98f00b204e9800998ecf8427e\","
                        + "\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b"
                        + "855\"},"
                        + "\"parent\":{\"entity_id\":\"p-184\",\"pid\":184,"
                        + "\"executable\":\"C:\\\\Windows\\\\explorer.exe\","
                        + "\"command_line\":\"explorer.exe\"}}}");
    }

    @Test
    void readsAFileWithItsOrigin() {
        Event event = reader.event(document(
                1001,
                1,
                DEVICE + "," + ACTOR
                        + ",\"file\":{\"path\":\"C:\\\\Users\\\\ada\\\\Downloads\\\\a.iso\","
                        + "\"name\":\"a.iso\",\"size\":7,\"download_info\":{\"src_url\":\"https://bad"
                        + ".example/a.iso\",\"referrer\":\"https://bad.example/\",\"type_id\":4}}"));

        assertThat(event.getKind()).isEqualTo(EventKind.FILE_WRITE);
        assertThat(event.getFile().getOriginUrl()).isEqualTo("https://bad.example/a.iso");
        assertThat(event.getFile().getOriginReferrerUrl()).isEqualTo("https://bad.example/");
        assertThat(event.getFile().getZoneId()).isEqualTo(3);
        assertThat(event.getFile().getMark()).isEqualTo(MarkAction.SET);
        assertThat(event.getProcess().getPid()).isEqualTo(184);
    }

    @Test
    void readsARename() {
        Event event = reader.event(document(
                1001, 5, DEVICE + ",\"file\":{\"path\":\"/tmp/a.part\"},\"file_result\":{\"path\":\"/tmp/a.sh\"}"));

        assertThat(event.getFile().getPath()).isEqualTo("/tmp/a.sh");
        assertThat(event.getFile().getOriginalPath()).isEqualTo("/tmp/a.part");
    }

    @Test
    void readsAConnectionOfASensorWithoutAHost() {
        Event event = reader.event(document(
                4001,
                1,
                DEVICE
                        + ",\"src_endpoint\":{\"ip\":\"10.1.2.17\",\"port\":50123},"
                        + "\"dst_endpoint\":{\"ip\":\"203.0.113.9\",\"port\":443,"
                        + "\"hostname\":\"Bad.example\"},\"connection_info\":{\"protocol_name\":\"TCP"
                        + "\",\"direction\":\"Outbound\"},\"traffic\":{\"bytes\":99},"
                        + "\"disposition_id\":2"));

        assertThat(event.getKind()).isEqualTo(EventKind.NETWORK_CONNECTION);
        assertThat(event.getHost()).isNull();
        assertThat(event.getDestination().getDomain()).isEqualTo("bad.example");
        assertThat(event.getNetwork().getDirection()).isEqualTo("egress");
        assertThat(event.getNetwork().getBytes()).isEqualTo(99);
        assertThat(event.getOutcome()).isEqualTo(EventOutcome.FAILURE);
    }

    @Test
    void readsARequestADnsQueryAMailALogonAndAFinding() {
        Event http = reader.event(document(
                4002,
                3,
                "\"src_endpoint\":{\"ip\":\"10.1.2.17\"},\"http_request\":{\"http_method\":\"GET\","
                        + "\"url\":{\"url_string\":\"https://bad.example:8443/a\"}},"
                        + "\"http_response\":{\"code\":200}"));
        Event dns = reader.event(document(
                4003,
                1,
                "\"src_endpoint\":{\"ip\":\"10.1.2.17\"},"
                        + "\"query\":{\"hostname\":\"Bad.example.\",\"type\":\"A\"},"
                        + "\"answers\":[{\"rdata\":\"203.0.113.9\"},{\"rdata\":\"cname.example\"}],"
                        + "\"rcode\":\"NoError\""));
        Event mail = reader.event(document(
                4009,
                2,
                "\"email\":{\"from\":\"x@bad.example\",\"to\":[\"ada@corp.example\","
                        + "\"bob@corp.example\"],\"subject\":\"Invoice\","
                        + "\"message_uid\":\"<1@bad.example>\",\"urls\":[{\"url_string\":\"https://bad.exampl"
                        + "e/a\"}]}"));
        Event logon = reader.event(document(
                3002,
                1,
                DEVICE
                        + ",\"user\":{\"name\":\"ada\",\"domain\":\"CORP\"},\"logon_type_id\":10,"
                        + "\"src_endpoint\":{\"ip\":\"10.9.9.9\"}"));
        Event finding = reader.event(document(
                2004,
                1,
                DEVICE
                        + ",\"severity\":\"High\",\"finding_info\":{\"title\":\"Bad script\","
                        + "\"uid\":\"f-1\",\"attacks\":[{\"technique\":{\"uid\":\"T1204.001\"}},"
                        + "{\"technique\":{\"uid\":\"T1059\"}}]}"));

        assertThat(http.getDestination().getPort()).isEqualTo(8443);
        assertThat(http.getHttp().getStatusCode()).isEqualTo(200);
        assertThat(dns.getDns().getQuestionName()).isEqualTo("bad.example");
        assertThat(dns.getDns().getResolvedIp()).containsExactly("203.0.113.9");
        assertThat(mail.getEmail().getTo()).containsExactly("ada@corp.example", "bob@corp.example");
        assertThat(mail.getEmail().getUrls()).containsExactly("https://bad.example/a");
        assertThat(logon.getLogon().getType()).isEqualTo(10);
        assertThat(logon.getLogon().getIp()).isEqualTo("10.9.9.9");
        assertThat(finding.getSecurityAlert().getTechnique()).containsExactly("T1204.001", "T1059");
    }

    @Test
    void keepsTheIdOfTheSource() {
        String launch = document(1007, 1, "\"process\":{\"pid\":7,\"cmd_line\":\"x\"}");

        assertThat(reader.event(launch).getEventId())
                .isEqualTo(reader.event(launch.replace(",", " , ")).getEventId());
    }

    @Test
    void ignoresOtherClassesAndActivities() {
        assertThat(reader.ignored(document(5001, 1, DEVICE)).dataset()).isEqualTo("ocsf.other");
        assertThat(reader.ignored(document(1007, 3, DEVICE)).dataset()).isEqualTo("ocsf.process");
        assertThat(reader.ignored(document(1001, 2, DEVICE)).dataset()).isEqualTo("ocsf.file");
    }

    @Test
    void rejectsWhatSaysNothing() {
        assertThat(reader.rejected(document(1007, 1, DEVICE)).reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reader.rejected(document(4003, 1, DEVICE)).reason()).isEqualTo(Reason.MISSING_FIELD);
    }

    private static String document(int classUid, int activity, String fields) {
        return "{\"class_uid\":" + classUid + ",\"category_uid\":" + classUid / 1000 + ",\"activity_id\":" + activity
                + ",\"time\":1772445605731,\"status_id\":1,\"metadata\":{\"uid\":\"e-1\","
                + "\"product\":{\"name\":\"Acme\"}},"
                + fields + "}";
    }
}
