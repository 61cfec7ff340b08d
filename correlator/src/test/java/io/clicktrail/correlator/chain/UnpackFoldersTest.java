package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackFoldersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:\\Users\\anna\\AppData\\Local\\Temp\\7zO4F2A\\invoice.js",
                "C:\\Users\\anna\\AppData\\Local\\TEMP\\rar$DIa123.45\\invoice.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\Temp1_invoice.zip\\invoice.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\wz1234\\invoice.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\BNZ.12ab\\invoice.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\3f2504e0-4f89-11d3-9a0c-0305e82c3301_invoice.zip.301\\a.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\3F2504E0-4F89-11D3-9A0C-0305E82C3301_a b.7z.c01\\a.js",
                "C:\\Temp\\Temp\\7z1\\invoice.js",
                "/Users/anna/Downloads/Viewer.app/Contents/MacOS/Viewer",
                "/Users/anna/Desktop/a b/Viewer.app/Contents/MacOS/Viewer"
            })
    void knowsTheFoldersOfArchiveTools(String path) {
        assertThat(UnpackFolders.contain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:\\Users\\anna\\AppData\\Local\\Temp\\7z.exe",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\Temp1_invoice\\invoice.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\Templates.zip\\a.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\3f2504e0-4f89-11d3-9a0c-0305e82c3301\\a.js",
                "C:\\Users\\anna\\AppData\\Local\\Temp\\3f2504e0-4f89-11d3-9a0c-0305e82c3301_a.zip\\a.js",
                "C:\\Program Files\\7zip\\7z.exe",
                "C:\\Users\\anna\\Downloads\\Rar$x\\invoice.js",
                "\\temp\\",
                "/Users/anna/Downloads/viewer",
                "/Users/anna/Applications/Viewer.app/Contents/MacOS/Viewer",
                ""
            })
    void knowsOtherFoldersAreNone(String path) {
        assertThat(UnpackFolders.contain(path)).isFalse();
    }
}
