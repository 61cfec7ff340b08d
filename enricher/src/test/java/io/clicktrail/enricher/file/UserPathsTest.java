package io.clicktrail.enricher.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Platform;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserPathsTest {

    private final UserPaths paths = TestTunings.CATALOGUES.userPaths();

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            delimiter = '|',
            value = {
                "WINDOWS|C:\\Users\\alice\\Downloads\\invoice.iso|downloads",
                "UNKNOWN|C:\\Users\\alice\\Downloads\\invoice.iso|downloads",
                "UNKNOWN|/home/alice/Downloads/invoice.run|downloads",
                "UNKNOWN|/Users/alice/Downloads/invoice.dmg|downloads",
                "UNKNOWN|/usr/bin/curl|null",
                "WINDOWS|c:\\USERS\\Alice\\DOWNLOADS\\a\\b\\c.exe|downloads",
                "WINDOWS|C:/Users/alice/Downloads/x.js|downloads",
                "WINDOWS|\\\\?\\C:\\Users\\alice\\Desktop\\x.lnk|desktop",
                "WINDOWS|\\Device\\HarddiskVolume3\\Users\\alice\\Downloads\\x.exe|downloads",
                "WINDOWS|C:\\Users\\alice\\OneDrive - Contoso\\x.docm|onedrive",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Temp\\x.exe|temp",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Temp\\7zO4C1\\x.js|archive_temp",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Temp\\Rar$DIa1\\x.js|archive_temp",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Temp\\Temp1_invoice.zip\\x.js|archive_temp",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Temp\\3f2504e0-4f89-11d3-9a0c-0305e82c3301_a.zip.301\\x.js"
                        + "|archive_temp",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Temp\\a.zipper\\x.js|temp",
                "WINDOWS|C:\\Users\\alice\\OneDrive - Contoso\\Desktop\\x.exe|desktop",
                "WINDOWS|\\\\files\\users$\\alice\\Downloads\\x.exe|downloads",
                "WINDOWS|\\\\files\\home\\Downloads\\x.exe|downloads",
                "WINDOWS|\\\\corp.example\\dfs\\home\\alice\\My Documents\\a\\x.docm|documents",
                "WINDOWS|\\\\?\\UNC\\files\\home\\alice\\Downloads\\x.exe|downloads",
                "WINDOWS|D:\\Downloads\\x.exe|downloads",
                "WINDOWS|C:\\Users\\alice\\AppData\\Roaming\\x.dll|appdata",
                "WINDOWS|C:\\Users\\alice\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\A\\x"
                        + ".doc|mail_attachments",
                "WINDOWS|C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Start "
                        + "Menu\\Programs\\Startup\\x.lnk|startup",
                "WINDOWS|C:\\Users\\Public\\x.exe|public",
                "WINDOWS|C:\\ProgramData\\x.exe|programdata",
                "WINDOWS|C:\\Windows\\Temp\\x.exe|windows_temp",
                "WINDOWS|C:\\x.exe|drive_root",
                "WINDOWS|E:\\Invoice.js|other_drive",
                "WINDOWS|E:\\Users\\alice\\Downloads\\x|downloads",
                "WINDOWS|\\\\tsclient\\C\\x.exe|tsclient",
                "WINDOWS|\\\\evil.top@SSL\\DavWWWRoot\\x.lnk|webdav",
                "WINDOWS|%TEMP%\\x.exe|temp",
                "WINDOWS|$env:APPDATA\\x.ps1|appdata",
                "WINDOWS|C:\\Program Files\\App\\x.exe|null",
                "WINDOWS|C:\\Windows\\System32\\cmd.exe|null",
                "WINDOWS|C:\\Users\\alice|null",
                "WINDOWS|\\\\server\\share\\x.exe|null",
                "WINDOWS|x.exe|null",
                "LINUX|/home/bob/Downloads/x.sh|downloads",
                "LINUX|/tmp/mozilla_bob0/x.pdf|temp",
                "LINUX|/home/bob/snap/firefox/common/Downloads/x.sh|downloads",
                "LINUX|/home/bob/.var/app/org.mozilla.firefox/data/Downloads/x.sh|downloads",
                "LINUX|/home/corp.example/bob/Downloads/x.sh|downloads",
                "LINUX|/var/home/bob/Downloads/x.sh|downloads",
                "LINUX|/home/bob/Schreibtisch/x.sh|desktop",
                "LINUX|/run/user/1000/doc/1f/x.sh|runtime",
                "LINUX|/dev/shm/x|temp",
                "LINUX|\\root\\Downloads\\x.sh|downloads",
                "LINUX|/usr/bin/python3|null",
                "MACOS|/Users/carol/Downloads/x.dmg|downloads",
                "MACOS|/Volumes/Installer/x.app|mounted_image",
                "MACOS|/Users/carol/Library/Application Support/x|application_support",
                "MACOS|/Applications/Safari.app/Contents/MacOS/Safari|null"
            })
    void namesTheDeepestRule(Platform platform, String path, String rule) {
        assertThat(paths.ruleOf(platform, path)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "E:\\Invoice.js,true",
        "e:/x.js,true",
        "\\\\?\\E:\\x.js,true",
        "C:\\x.js,false",
        "x.js,false",
        "E:,false",
        "1:\\x,false"
    })
    void knowsDrivesThatAreNotTheSystems(String path, boolean expected) {
        assertThat(UserPaths.isOnOtherDrive(path)).isEqualTo(expected);
    }

    @Test
    void addsTheOperatorsPathsWithoutChangingTheCatalogue() {
        UserPaths extended = paths.with(Platform.WINDOWS, List.of("C:\\Transfer\\*\\In"));
        assertThat(extended.ruleOf(Platform.WINDOWS, "c:\\transfer\\x\\in\\a.exe"))
                .isEqualTo("tuning");
        assertThat(extended.ruleOf(Platform.LINUX, "/tmp/x")).isEqualTo("temp");
        assertThat(paths.ruleOf(Platform.WINDOWS, "c:\\transfer\\x\\in\\a.exe")).isNull();
    }

    @Test
    void neverThrowsAndStaysFastOnHostilePaths() {
        var random = new Random(5);
        String alphabet = "c:\\/?*.%$~ U\u202e\0漢";
        for (int i = 0; i < 20_000; i++) {
            var path = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                path.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            paths.ruleOf(Platform.WINDOWS, path.toString());
            assertThat(UserPaths.segments(path.toString()))
                    .as("seed 5, %s", path)
                    .hasSizeLessThanOrEqualTo(16);
        }
        assertThat(paths.ruleOf(Platform.WINDOWS, "C:\\Users\\a\\Downloads" + "\\x".repeat(100_000)))
                .isEqualTo("downloads");
    }
}
