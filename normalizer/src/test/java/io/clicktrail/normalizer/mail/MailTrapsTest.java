package io.clicktrail.normalizer.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.kafka.EventKeys;
import io.clicktrail.normalizer.parse.Fixture;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailTrapsTest {

    private static final String DEFENDER = "microsoft.defender-mail";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void keysAClickByItsUserWhateverAddressItCameFrom() {
        List<Event> clicks = List.of(
                reader.event(Fixture.raw(DEFENDER, "UrlClickEvents")),
                reader.event(Fixture.raw("proofpoint.tap", "click permitted")),
                reader.event(Fixture.raw("mimecast", "API 2.0 url protect")),
                reader.event(Fixture.raw("microsoft.office365-mail", "audit, click")));

        assertThat(clicks).extracting(EventKeys::of).containsOnly("user:ada@corp.example");
        assertThat(clicks).extracting(event -> event.getClient().getIp()).containsOnly("198.51.100.7");
    }

    @Test
    void tiesClickMailAndLinksByOneLocalId() {
        assertThat(List.of("UrlClickEvents", "EmailEvents", "EmailUrlInfo"))
                .extracting(name ->
                        reader.event(Fixture.raw(DEFENDER, name)).getEmail().getLocalId())
                .containsOnly("6b6f1a2c-1111-4f4f-9a9a-08de00000001");
        assertThat(reader.event(Fixture.raw("microsoft.message-trace", "message trace"))
                        .getEmail()
                        .getLocalId())
                .isEqualTo("6b6f1a2c-1111-4f4f-9a9a-08de00000001");
    }

    @Test
    void tiesTheMailOfEverySystemByOneMessageId() {
        assertThat(List.of(
                        Fixture.raw(DEFENDER, "EmailEvents"),
                        Fixture.raw("proofpoint.tap", "message delivered"),
                        Fixture.raw("mimecast", "API 2.0 delivery"),
                        Fixture.raw("microsoft.message-trace", "message trace"),
                        Fixture.raw("microsoft.office365-mail", "audit, mail")))
                .extracting(raw -> reader.event(raw).getEmail().getMessageId())
                .containsOnly("a1@mailer.bad.example");
    }

    @Test
    void seesThroughUserinfoAndFragmentTricks() {
        String click = Fixture.raw("proofpoint.tap", "click permitted");

        assertThat(reader.event(click).getDestination().getDomain()).isEqualTo("files.bad.example");
        assertThat(reader.event(click.replace(
                                "https://files.bad.example/a#x@", "https:\\/\\/corp.example@Files.Bad.Example.\\u003f"))
                        .getDestination()
                        .getDomain())
                .isEqualTo("files.bad.example");
    }

    @Test
    void takesTheClickersAddressForTheClientAndNeverTheSenders() {
        assertThat(reader.event(Fixture.raw("mimecast", "API 1.0 click")).getClient())
                .isNull();
        assertThat(reader.event(Fixture.raw("proofpoint.tap", "message delivered"))
                        .getClient())
                .isNull();
    }

    @Test
    void takesNoScanOfIncomingMailForAClick() {
        Event scan = reader.event(Fixture.raw("mimecast", "API 1.0 entry scan"));

        assertThat(scan.getKind()).isEqualTo(EventKind.EMAIL);
        assertThat(scan.getEmail().getUrls()).containsExactly("https://files.bad.example/a?id=1");
    }

    @Test
    void readsABlockPageThatWasClickedThroughAsAVisit() {
        String blocked = Fixture.raw(DEFENDER, "UrlClickEvents blocked");

        assertThat(reader.event(blocked).getOutcome()).isEqualTo(EventOutcome.FAILURE);
        assertThat(reader.event(blocked.replace("\"IsClickedThrough\": false", "\"IsClickedThrough\": true"))
                        .getOutcome())
                .isEqualTo(EventOutcome.SUCCESS);
    }

    @Test
    void doesNotGuessWhetherAClickOfUnknownListWasPermitted() {
        String click =
                Fixture.raw("proofpoint.tap", "click permitted").replace(", \"eventType\": \"clicksPermitted\"", "");

        assertThat(reader.event(click).getOutcome()).isEqualTo(EventOutcome.UNKNOWN);
    }

    @Test
    void takesOnlyLinksForTheLinksOfAMail() {
        assertThat(reader.event(Fixture.raw("proofpoint.tap", "message delivered"))
                        .getEmail()
                        .getUrls())
                .containsExactly("https://files.bad.example/a?id=1");
    }

    @Test
    void datesAClickByTheClickAndNotByTheRow() {
        assertThat(reader.event(Fixture.raw("microsoft.office365-mail", "audit, click"))
                        .getTime())
                .isEqualTo("2026-03-02T10:00:04Z");
    }

    @Test
    void givesOneIdToAClickThatIsDeliveredTwice() {
        String click = Fixture.raw(DEFENDER, "UrlClickEvents");

        assertThat(reader.event(click.replace("2026-03-02T10:02:11", "2026-03-02T12:02:11"))
                        .getEventId())
                .isEqualTo(reader.event(click).getEventId());
    }

    @Test
    void ignoresAnEmptyPage() {
        assertThat(reader.ignored("{\"meta\":{\"status\":200},\"data\":[],\"fail\":[]}")
                        .dataset())
                .isEqualTo("mimecast.message");
    }

    @Test
    void readsAWholePageAndTakesTheOutcomeFromTheNameOfTheList() {
        String click =
                Fixture.raw("proofpoint.tap", "click permitted").replace(", \"eventType\": \"clicksPermitted\"", "");
        String mail = Fixture.raw("proofpoint.tap", "message delivered")
                .replace(", \"eventType\": \"messagesDelivered\"", "");
        String page = "{\"queryEndTime\":\"2026-03-02T10:00:00Z\",\"clicksPermitted\":[" + click + ","
                + click.replace("-8a8a-1", "-8a8a-2")
                + "],\"clicksBlocked\":[" + click.replace("-8a8a-1", "-8a8a-3") + "],\"messagesDelivered\":[" + mail
                + "],\"messagesBlocked\":[]}";

        assertThat(reader.normalized(page).events())
                .extracting(Event::getOutcome)
                .containsExactly(
                        EventOutcome.SUCCESS, EventOutcome.SUCCESS, EventOutcome.FAILURE, EventOutcome.SUCCESS);
        assertThat(reader.normalized(page).events())
                .extracting(event -> event.getSource().getIndex())
                .containsExactly(0, 1, 2, 3);
        assertThat(reader.ignored("{\"queryEndTime\":\"2026-03-02T10:00:00Z\",\"clicksPermitted\":[],"
                                + "\"messagesBlocked\":[]}")
                        .dataset())
                .isEqualTo("proofpoint.tap.message");
    }

    @Test
    void readsAMimecastPageThroughBothOfItsLists() {
        String page = "{\"meta\":{\"status\":200},\"data\":[{\"clickLogs\":[" + Fixture.raw("mimecast", "API 1.0 click")
                + "]}],\"fail\":[]}";

        assertThat(reader.event(page).getKind()).isEqualTo(EventKind.URL_OPEN);
    }

    @Test
    void readsTheRecordsOfAzureEventHubs() {
        String hub = "{\"records\":[" + Fixture.raw(DEFENDER, "UrlClickEvents") + ","
                + Fixture.raw(DEFENDER, "EmailEvents") + "]}";

        assertThat(reader.normalized(hub).events())
                .extracting(Event::getKind)
                .containsExactly(EventKind.URL_OPEN, EventKind.EMAIL);
    }

    @Test
    void takesNoLineForAGatewaysThatMerelyHasALevel() {
        assertThat(reader.ignored("<22>Mar  2 09:41:00 host-1 app: Info: everything is fine")
                        .dataset())
                .isEqualTo("other");
        assertThat(reader.ignored("<22>Mar  2 09:41:00 esa-1 mail_logs: Info: ICID 91 close")
                        .dataset())
                .isEqualTo("cisco.asyncos");
    }

    @Test
    void rejectsAClickOfNobody() {
        assertThat(reader.rejected(Fixture.raw(DEFENDER, "UrlClickEvents").replace("\"Ada@corp.example\"", "null"))
                        .reason())
                .isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void takesAddressesOutOfNamesAndLists() {
        assertThat(Mailboxes.listed("\"Ada, L\" <ada@x.example>; bob@x.example"))
                .containsExactly("ada@x.example", "bob@x.example");
        assertThat(Mailboxes.listed("CORP\\ada")).containsExactly("CORP\\ada");
    }
}
