package io.clicktrail.normalizer.cef;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import org.junit.jupiter.api.Test;

class CefLineTest {

    private static final String PROXY =
            "CEF:0|Zscaler|NSSWeblog|6.1|200|Allowed|3|act=Allowed app=HTTPS dhost=files.bad.example "
                    + "dst=203.0.113.9 dpt=443 src=10.1.2.17 spt=50123 suser=ada@corp.example "
                    + "request=files.bad.example/a/Invoice.iso?id\\=7 requestMethod=GET "
                    + "requestClientApplication=Mozilla/5.0 (X11) requestContext=https://mail.example/ in=103701 "
                    + "out=812 cs4=application/x-iso9660-image cs4Label=type rt=Mar 02 2026 10:00:05.731 UTC";

    private final TestNormalizer reader = new TestNormalizer();
    private final EventJson json = new EventJson();

    @Test
    void readsARequestThroughAProxy() {
        Event event = reader.event(PROXY);

        assertThat(json.write(event))
                .isEqualTo("{\"@timestamp\":\"2026-03-02T10:00:05.731Z\",\"event\":{\"id\":\"" + event.getEventId()
                        + "\",\"action\":\"http_request\",\"code\":\"200\",\"dataset\":\"cef.web\",\"hash\":\""
                        + event.getSource().getSha256()
                        + "\",\"outcome\":\"success\"},\"source\":{\"topic\":\"clicktrail.raw.logs\","
                        + "\"partition\":1,\"offset\":42,\"index\":0},"
                        + "\"user\":{\"email\":\"ada@corp.example\"},"
                        + "\"client\":{\"ip\":\"10.1.2.17\",\"port\":50123,\"bytes\":812},"
                        + "\"destination\":{\"ip\":\"203.0.113.9\",\"port\":443,"
                        + "\"domain\":\"files.bad.example\",\"bytes\":103701},"
                        + "\"network\":{\"protocol\":\"http\",\"direction\":\"unknown\",\"bytes\":104513},"
                        + "\"url\":{\"original\":\"https://files.bad.example/a/Invoice.iso?id=7\"},"
                        + "\"http\":{\"request\":{\"method\":\"GET\",\"referrer\":\"https://mail.example/\"},"
                        + "\"response\":{\"mime_type\":\"application/x-iso9660-image\","
                        + "\"body\":{\"bytes\":103701}}},"
                        + "\"user_agent\":{\"original\":\"Mozilla/5.0 (X11)\"}}");
    }

    @Test
    void readsAConnectionOfAProductWithoutRow() {
        Event event =
                reader.event("CEF:0|Acme|Firewall|1|100|session|3|src=10.1.2.17 dst=203.0.113.9 spt=50123 dpt=443 "
                        + "proto=TCP act=deny start=1772445605731");

        assertThat(event.getKind()).isEqualTo(EventKind.NETWORK_CONNECTION);
        assertThat(event.getOutcome()).isEqualTo(EventOutcome.FAILURE);
        assertThat(event.getClient().getIp()).isEqualTo("10.1.2.17");
        assertThat(event.getDestination().getPort()).isEqualTo(443);
        assertThat(event.getNetwork().getTransport()).isEqualTo("tcp");
        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.731Z");
    }

    @Test
    void callsASevereEventAnAlert() {
        Event event =
                reader.event("CEF:0|Acme|Ips|1|100|worm \\| stopped|10|externalId=77 src=10.1.2.17 dst=203.0.113.9 "
                        + "rt=1772445605731 fname=a.exe fileHash=D41D8CD98F00B204E9800998ECF8427E");

        assertThat(event.getKind()).isEqualTo(EventKind.SECURITY_ALERT);
        assertThat(event.getSecurityAlert().getTitle()).isEqualTo("worm | stopped");
        assertThat(event.getSecurityAlert().getId()).isEqualTo("77");
        assertThat(event.getSecurityAlert().getSeverity()).isEqualTo("10");
        assertThat(event.getFile().getName()).isEqualTo("a.exe");
        assertThat(event.getFile().getHash().getMd5()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(event.getDestination().getIp()).isEqualTo("203.0.113.9");
    }

    @Test
    void readsAProcessOfAWindowsConnector() {
        Event event = reader.event("CEF:0|Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:4688|A new "
                + "process has been created.|Low| rt=1772445605731 dvchost=WS-17.corp.example suser=ada "
                + "sntdom=CORP dproc=C:\\\\Windows\\\\System32\\\\wscript.exe dpid=0x1a4c "
                + "sproc=C:\\\\Windows\\\\explorer.exe spid=0xb8");

        assertThat(event.getKind()).isEqualTo(EventKind.PROCESS_START);
        assertThat(event.getHost().getName()).isEqualTo("ws-17.corp.example");
        assertThat(event.getUser().getDomain()).isEqualTo("CORP");
        assertThat(event.getProcess().getExecutable()).isEqualTo("C:\\Windows\\System32\\wscript.exe");
        assertThat(event.getProcess().getPid()).isEqualTo(0x1a4c);
        assertThat(event.getProcess().getParent().getExecutable()).isEqualTo("C:\\Windows\\explorer.exe");
        assertThat(event.getProcess().getParent().getPid()).isEqualTo(0xb8);
    }

    @Test
    void comesBehindASyslogHeaderAlsoWithABlankOrWithoutItsTag() {
        String body = PROXY.substring("CEF:".length());

        assertThat(reader.event("<134>Mar  2 10:00:59 fw-1 CEF:" + body).getKind())
                .isEqualTo(EventKind.HTTP_REQUEST);
        assertThat(reader.event("<134> Mar  2 10:00:59 fw-1 CEF: " + body).getKind())
                .isEqualTo(EventKind.HTTP_REQUEST);
        assertThat(reader.event("<134>Mar  2 10:00:59 fw-1 nss[7]: " + body).getKind())
                .isEqualTo(EventKind.HTTP_REQUEST);
        assertThat(reader.event("<134>1 2026-03-02T10:00:59Z fw-1 CEF:" + body).getKind())
                .isEqualTo(EventKind.HTTP_REQUEST);
        assertThat(reader.rejected("0|a|b").reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
    }

    @Test
    void readsATimeInTheZoneThatStandsBesideIt() {
        Event event = reader.event(PROXY.replace("10:00:05.731 UTC", "13:00:05.731 dtz=Asia/Riyadh"));

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.731Z");
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.EXACT);
    }

    @Test
    void putsAPathAloneBehindItsHost() {
        Event event = reader.event("CEF:0|Fortinet|Fortigate|v7.2|13056|utm:webfilter ftgd_blk|4|FTNTFGTeventtime=1 "
                + "start=1772445605731 src=10.1.2.17 dst=203.0.113.9 dpt=8080 app=HTTP dhost=Bad.example "
                + "request=/dl/a.iso act=blocked");

        assertThat(event.getUrl().getOriginal()).isEqualTo("http://Bad.example:8080/dl/a.iso");
        assertThat(event.getDestination().getDomain()).isEqualTo("bad.example");
        assertThat(event.getOutcome()).isEqualTo(EventOutcome.FAILURE);
    }

    @Test
    void takesTheFirstOfAKeyThatAUserCouldRepeatInHisText() {
        Event event = reader.event(PROXY.replace("Mozilla/5.0 (X11)", "x src=198.51.100.1 dst=198.51.100.2"));

        assertThat(event.getClient().getIp()).isEqualTo("10.1.2.17");
        assertThat(event.getDestination().getIp()).isEqualTo("203.0.113.9");
    }

    @Test
    void keepsUncPathsAndPathsWithoutEscapes() {
        Event event = reader.event(
                "CEF:0|Acme|Av|1|7|found|9|rt=1772445605731 filePath=\\\\server\\share\\new.exe dhost=ws-17");

        assertThat(event.getFile().getPath()).isEqualTo("\\\\server\\share\\new.exe");
    }

    @Test
    void readsADnsQueryByItsProductsKey() {
        Event event = reader.event("CEF:0|Fortinet|Fortigate|v7.2|54000|utm:dns dns-query|4|start=1772445605731 "
                + "src=10.1.2.17 dst=10.1.0.2 FTNTFGTqname=Bad.example. FTNTFGTqtype=A");

        assertThat(event.getDns().getQuestionName()).isEqualTo("bad.example");
        assertThat(event.getDns().getQuestionType()).isEqualTo("A");
    }

    @Test
    void ignoresWhatIsOfNoUse() {
        assertThat(reader.ignored("CEF:0|ArcSight|ArcSight|7.9|agent:050|Statistics|Low|cs1=0.23")
                        .dataset())
                .isEqualTo("cef.other");
    }

    @Test
    void datesAnEventWithoutATimeByItsDelivery() {
        Event event = reader.event("CEF:0|Acme|Firewall|1|100|session|3|src=10.1.2.17 dst=203.0.113.9 rt=");

        assertThat(event.getTime()).isEqualTo(TestNormalizer.DELIVERED);
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.DELIVERED);
    }

    @Test
    void rejectsAnEventWithATimeThatIsNone() {
        assertThat(reader.rejected("CEF:0|Acme|Firewall|1|100|session|3|src=10.1.2.17 dst=203.0.113.9 rt=soon")
                        .reason())
                .isEqualTo(Reason.BAD_TIME);
    }

    @Test
    void rejectsAHeaderThatBreaksOffBehindItsFirstBar() {
        assertThat(reader.rejected("CEF:0|\nMicrosoft|Windows").reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reader.rejected("CEF:0|").reason()).isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void rejectsAHeaderThatBreaksOff() {
        assertThat(reader.rejected("CEF:0|Acme|Firewall|1").reason()).isEqualTo(Reason.MISSING_FIELD);
    }
}
