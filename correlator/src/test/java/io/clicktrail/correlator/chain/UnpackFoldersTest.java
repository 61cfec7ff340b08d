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
                "C:\\Temp\\Temp\\7z1\\invoice.js"
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
                "C:\\Program Files\\7zip\\7z.exe",
                "C:\\Users\\anna\\Downloads\\Rar$x\\invoice.js",
                "\\temp\\",
                ""
            })
    void knowsOtherFoldersAreNone(String path) {
        assertThat(UnpackFolders.contain(path)).isFalse();
    }
}
