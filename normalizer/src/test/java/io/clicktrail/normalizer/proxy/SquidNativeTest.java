package io.clicktrail.normalizer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import org.junit.jupiter.api.Test;

class SquidNativeTest {

    static final String GET = "1772445605.731    161 10.1.2.17 TCP_MISS/200 103701 GET "
            + "http://files.bad.example/a/Invoice.iso CORP%5cada HIER_DIRECT/203.0.113.9 "
            + "application/x-iso9660-image";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsARequest() {
        Event event = reader.event(GET);

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.570Z");
        assertThat(event.getClient().getIp()).isEqualTo("10.1.2.17");
        assertThat(event.getUrl().getOriginal()).isEqualTo("http://files.bad.example/a/Invoice.iso");
        assertThat(event.getDestination().getDomain()).isEqualTo("files.bad.example");
        assertThat(event.getDestination().getIp()).isEqualTo("203.0.113.9");
        assertThat(event.getUser().getDomain()).isEqualTo("CORP");
        assertThat(event.getUser().getName()).isEqualTo("ada");
        assertThat(event.getHttp().getMethod()).isEqualTo("GET");
        assertThat(event.getHttp().getStatusCode()).isEqualTo(200);
        assertThat(event.getHttp().getMimeType()).isEqualTo("application/x-iso9660-image");
        assertThat(event.getHttp().getResponseBytes()).isEqualTo(103_701);
        assertThat(event.getTags()).containsExactly("proxied");
        assertThat(event.getHost()).isNull();
    }

    @Test
    void takesOnlyTheNameOutOfATunnel() {
        Event event =
                reader.event("1772445605.731   9161 10.1.2.17 TCP_TUNNEL/200 3701 CONNECT Files.Bad.example:8443 - "
                        + "FIRSTUP_PARENT/10.1.0.9 -");

        assertThat(event.getUrl()).isNull();
        assertThat(event.getDestination().getDomain()).isEqualTo("files.bad.example");
        assertThat(event.getDestination().getPort()).isEqualTo(8443);
        assertThat(event.getDestination().getIp()).isNull();
        assertThat(event.getUser()).isNull();
        assertThat(event.getHttp().getMimeType()).isNull();
    }

    @Test
    void readsAUrlWithBlanksInIt() {
        Event event = reader.event(GET.replace("/a/Invoice.iso", "/a b/Invoice c.iso"));

        assertThat(event.getUrl().getOriginal()).isEqualTo("http://files.bad.example/a b/Invoice c.iso");
        assertThat(event.getUser().getName()).isEqualTo("ada");
    }

    @Test
    void contactsWhatStandsBehindTheUserInfo() {
        assertThat(reader.event(GET.replace("http://files.bad.example/", "http://bank.example@files.bad.example/"))
                        .getDestination()
                        .getDomain())
                .isEqualTo("files.bad.example");
    }

    @Test
    void readsEachLineOfAValue() {
        assertThat(reader.normalized(GET + "\n" + GET.replace("161", "162") + "\r\n")
                        .events())
                .hasSize(2)
                .extracting(Event::getEventId)
                .doesNotHaveDuplicates();
    }

    @Test
    void ignoresWhatWasNoRequest() {
        assertThat(reader.ignored("1772445605.731      0 10.1.2.17 NONE/400 3701 GET error:invalid-request "
                                + "- HIER_NONE/- text/html")
                        .dataset())
                .isEqualTo("squid.access");
    }

    @Test
    void rejectsALineThatBreaksOff() {
        assertThat(reader.rejected(GET.substring(0, 70)).reason()).isEqualTo(Reason.MISSING_FIELD);
    }
}
