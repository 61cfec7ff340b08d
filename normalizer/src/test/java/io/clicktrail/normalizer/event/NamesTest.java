package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import org.junit.jupiter.api.Test;

/** What sources call platforms, techniques, logon types, accounts and files. */
class NamesTest {

    @Test
    void knowsAPlatformByItsNames() {
        assertThat(Platforms.named("Windows11")).isEqualTo(Platform.WINDOWS);
        assertThat(Platforms.named("Win")).isEqualTo(Platform.WINDOWS);
        assertThat(Platforms.named("Mac OS X")).isEqualTo(Platform.MACOS);
        assertThat(Platforms.named("Lin")).isEqualTo(Platform.LINUX);
        assertThat(Platforms.named("iOS")).isEqualTo(Platform.UNKNOWN);
    }

    @Test
    void knowsAPlatformByPathsThatOnlyItHas() {
        assertThat(Platforms.ofPath("D:\\a")).isEqualTo(Platform.WINDOWS);
        assertThat(Platforms.ofPath("\\Device\\HarddiskVolume3\\a")).isEqualTo(Platform.WINDOWS);
        assertThat(Platforms.ofPath("/Users/ada/a")).isEqualTo(Platform.MACOS);
        assertThat(Platforms.ofPath("/home/ada/a")).isEqualTo(Platform.LINUX);
        assertThat(Platforms.ofPath("/usr/lib/firefox/firefox")).isEqualTo(Platform.LINUX);
        assertThat(Platforms.ofPath("/usr/bin/curl")).isEqualTo(Platform.UNKNOWN);
        assertThat(Platforms.ofPath("https://a.example/home/")).isEqualTo(Platform.UNKNOWN);
    }

    @Test
    void findsTechniquesInText() {
        assertThat(TechniqueIds.in("[\"Malicious Link (T1204.001)\",\"Regsvr32 (T1218)\",\"T1204.001\"]"))
                .containsExactly("T1204.001", "T1218");
        assertThat(TechniqueIds.in("CVE-T12041, BT1204, T120, T1204.0012")).containsExactly("T1204");
        assertThat(TechniqueIds.in("T1000 ".repeat(3) + "T")).containsExactly("T1000");
        assertThat(TechniqueIds.in(null)).isEmpty();
    }

    @Test
    void countsLogonTypesInWordsAndNumbers() {
        assertThat(LogonTypes.number("RemoteInteractive")).isEqualTo(10);
        assertThat(LogonTypes.number("CACHED_INTERACTIVE")).isEqualTo(11);
        assertThat(LogonTypes.number("7")).isEqualTo(7);
        assertThat(LogonTypes.number("Local")).isNull();
    }

    @Test
    void joinsFolderAndNameOnce() {
        assertThat(FilePath.join("C:\\a", "b.exe")).isEqualTo("C:\\a\\b.exe");
        assertThat(FilePath.join("C:\\a\\", "b.exe")).isEqualTo("C:\\a\\b.exe");
        assertThat(FilePath.join("C:\\a\\B.EXE", "b.exe")).isEqualTo("C:\\a\\B.EXE");
        assertThat(FilePath.join("C:\\ab.exe", "b.exe")).isEqualTo("C:\\ab.exe\\b.exe");
        assertThat(FilePath.join("/tmp", "b")).isEqualTo("/tmp/b");
        assertThat(FilePath.join(null, "b")).isEqualTo("b");
        assertThat(FilePath.join("/tmp", null)).isEqualTo("/tmp");
        assertThat(FilePath.join(null, null)).isNull();
    }

    @Test
    void keepsTheFormsOfAnAccountApart() {
        assertThat(Users.of(null, "CORP\\ada", "S-1-5-21-1", "ada@corp.example"))
                .isEqualTo(new User("ada", "CORP", "S-1-5-21-1", "ada@corp.example"));
        assertThat(Users.of("CORP", null, null, "ada@corp.example"))
                .isEqualTo(new User(null, null, null, "ada@corp.example"));
        assertThat(Users.of("CORP", "-", null, "")).isNull();
    }
}
