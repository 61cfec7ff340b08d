package io.clicktrail.enricher.process;

import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.sysmon;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartedProcessTest {

    private static final String OUTLOOK = "C:\\Office16\\OUTLOOK.EXE";

    @ParameterizedTest
    @CsvSource({
        "C:\\Office16\\OUTLOOK.EXE,true",
        "C:\\Windows\\System32\\cmd.exe,true",
        "C:\\Users\\alice\\Downloads\\setup.exe,true",
        "C:\\Windows\\System32\\svchost.exe,false"
    })
    void keepsWhatAChainCanGoThrough(String image, boolean isKept) {
        assertThat(StartedProcess.isKept(
                        Platform.WINDOWS,
                        Process.newBuilder().setPid(7L).setExecutable(image).build(),
                        TestTunings.CATALOGUES.processes(),
                        TestTunings.CATALOGUES.userPaths()))
                .isEqualTo(isKept);
    }

    @Test
    void completesAParentThatIsKnownByItsPid() {
        StartedProcess known = StartedProcess.of(start(7, OUTLOOK, 0));
        assertThat(known.asParentIn(child(7, null, 5)).getProcess().getParent())
                .isEqualTo(new ParentProcess("ws-1:7:0", 7L, OUTLOOK, "outlook"));
        assertThat(known.asParentIn(child(7, "c:\\office16\\outlook.exe", 5))
                        .getProcess()
                        .getParent()
                        .getEntityId())
                .isEqualTo("ws-1:7:0");
    }

    @Test
    void leavesAnotherProcessOfTheSamePidAlone() {
        StartedProcess known = StartedProcess.of(start(7, OUTLOOK, 10));
        Event before = child(7, null, 5);
        assertThat(known.asParentIn(before)).isSameAs(before);
        Event otherImage = child(7, "C:\\Windows\\explorer.exe", 15);
        assertThat(known.asParentIn(otherImage)).isSameAs(otherImage);
        Event otherPid = child(8, null, 15);
        assertThat(known.asParentIn(otherPid)).isSameAs(otherPid);
    }

    private static Event start(long pid, String image, int second) {
        return sysmon(EventKind.PROCESS_START)
                .setTime(TEN.plusSeconds(second))
                .setProcess(Process.newBuilder()
                        .setEntityId("ws-1:" + pid + ":" + second)
                        .setPid(pid)
                        .setExecutable(image)
                        .setCommandLine("outlook")
                        .build())
                .build();
    }

    private static Event child(long parent, @Nullable String image, int second) {
        return sysmon(EventKind.PROCESS_START)
                .setTime(TEN.plusSeconds(second))
                .setProcess(Process.newBuilder()
                        .setPid(99L)
                        .setExecutable("C:\\chrome.exe")
                        .setParent(ParentProcess.newBuilder()
                                .setPid(parent)
                                .setExecutable(image)
                                .build())
                        .build())
                .build();
    }
}
