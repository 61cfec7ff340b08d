package io.clicktrail.normalizer.macos;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.normalizer.Facts;
import io.clicktrail.normalizer.Reader;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EndpointSecurityTest {

    private record Story(String name, String message, String expected) {}

    private static final String HOST =
            "\"host\":{\"name\":\"mac-3.corp.example\",\"hostname\":\"mac-3.corp.example\",\"domain\":\"corp.example\",\"os\":{\"type\":\"macos\"}}";

    private static final List<Story> STORIES = List.of(
            new Story("exec", EndpointSecurityFixtures.EXEC, """
                    TODO"""),
            new Story("create", EndpointSecurityFixtures.CREATE, """
                    TODO"""),
            new Story("rename", EndpointSecurityFixtures.RENAME, """
                    TODO"""),
            new Story("close", EndpointSecurityFixtures.CLOSE, """
                    TODO"""),
            new Story("setextattr", EndpointSecurityFixtures.SET_QUARANTINE, """
                    TODO"""),
            new Story("deleteextattr", EndpointSecurityFixtures.DELETE_QUARANTINE, """
                    TODO"""));

    private final Reader reader = new Reader();

    @TestFactory
    Stream<DynamicTest> readsEveryMessageWithTokensOfBothShapes() {
        return STORIES.stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> {
                    String shipped = EndpointSecurityFixtures.shipped(story.message());
                    assertThat(Facts.of(reader.event(shipped)))
                            .isEqualTo(story.expected().formatted(HOST));
                    assertThat(Facts.of(reader.event(EndpointSecurityFixtures.withArrays(shipped))))
                            .isEqualTo(story.expected().formatted(HOST));
                }));
    }

    @Test
    void readsJamfProtectsTelemetryWithItsHostAndItsIdentities() {
        assertThat(Facts.of(reader.event(EndpointSecurityFixtures.jamf(EndpointSecurityFixtures.EXEC))))
                .isEqualTo("""
                TODO""");
    }

    @Test
    void readsAMessageThatNamesNoHost() {
        Event event = reader.event(EndpointSecurityFixtures.EXEC);

        assertThat(event.getHost()).isNull();
        assertThat(event.getProcess().getEntityId()).isEqualTo(":951:2202");
    }

    @Test
    void doesNotTakeAClosedFileForAWriteUnlessItWasChanged() {
        assertThat(reader.ignored(EndpointSecurityFixtures.CLOSE.replace("\"modified\":true", "\"modified\":false"))
                        .dataset())
                .isEqualTo("macos.eslogger");
    }

    @Test
    void readsACreatedFileThatWasThereBefore() {
        String message = EndpointSecurityFixtures.message(
                907,
                "\"create\":{\"destination_type\":0,\"destination\":{\"existing_file\":{\"path\":\"/private/tmp/a\"}}}");

        assertThat(reader.event(message).getFile().getPath()).isEqualTo("/private/tmp/a");
    }

    @Test
    void ignoresOtherAttributesAndOtherEvents() {
        assertThat(reader.ignored(EndpointSecurityFixtures.SET_QUARANTINE.replace(
                                "com.apple.quarantine", "com.apple.lastuseddate#PS"))
                        .dataset())
                .isEqualTo("macos.eslogger");
        assertThat(reader.ignored(EndpointSecurityFixtures.message(908, "\"fork\":{\"child\":{}}"))
                        .dataset())
                .isEqualTo("macos.eslogger");
    }

    @Test
    void readsAChangeOfModeAndClones() {
        Event mode = reader.event(EndpointSecurityFixtures.message(
                909, "\"setmode\":{\"mode\":493,\"target\":{\"path\":\"/Users/ada/a.sh\"}}"));
        Event clone = reader.event(
                EndpointSecurityFixtures.message(
                        910,
                        "\"clone\":{\"source\":{\"path\":\"/Volumes/I/I.app\"},\"target_dir\":{\"path\":\"/Applications\"},\"target_name\":\"I.app\"}"));

        assertThat(mode.getKind()).isEqualTo(EventKind.FILE_MODE);
        assertThat(mode.getFile().getMode()).isEqualTo("0755");
        assertThat(clone.getFile().getPath()).isEqualTo("/Applications/I.app");
        assertThat(clone.getFile().getOriginalPath()).isEqualTo("/Volumes/I/I.app");
    }

    @Test
    void readsLogons() {
        Event window = reader.event(EndpointSecurityFixtures.message(
                911, "\"lw_session_login\":{\"username\":\"ada\",\"graphical_session_id\":257}"));
        Event ssh = reader.event(
                EndpointSecurityFixtures.message(
                        912,
                        "\"openssh_login\":{\"success\":true,\"username\":\"ada\",\"source_address\":\"10.1.2.17\",\"source_address_type\":1}"));

        assertThat(window.getLogon().getType()).isEqualTo(2);
        assertThat(window.getUser().getName()).isEqualTo("ada");
        assertThat(ssh.getLogon().getIp()).isEqualTo("10.1.2.17");
    }

    @Test
    void rejectsAMessageWithoutATime() {
        assertThat(reader.rejected(EndpointSecurityFixtures.CLOSE.replaceFirst("2026-", "x"))
                        .reason())
                .isEqualTo(Reason.BAD_TIME);
    }

    @Test
    void keepsTheSourceOfTheMark() {
        assertThat(reader.event(EndpointSecurityFixtures.SET_QUARANTINE)
                        .getFile()
                        .getMark())
                .isEqualTo(MarkAction.SET);
        assertThat(reader.event(EndpointSecurityFixtures.DELETE_QUARANTINE)
                        .getFile()
                        .getMark())
                .isEqualTo(MarkAction.REMOVED);
    }
}
