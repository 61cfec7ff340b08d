package io.clicktrail.enricher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.ProcessRisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishersTest {

    private static final String SAVED = "C:\\Users\\ada\\Downloads\\ChromeSetup.exe";

    @Test
    void aTeamOnTheListIsKnownWhateverItsCase() {
        assertThat(of(Platform.MACOS, new CodeSignature("c", "eqhxz8m8av", null, SignatureStatus.VALID, null), "/x/y"))
                .isEqualTo("Google");
        assertThat(of(Platform.MACOS, new CodeSignature("c", "QX7Z2TEST1", null, SignatureStatus.VALID, null), "/x/y"))
                .isNull();
    }

    @Test
    void aSubjectCountsWhereTheSignatureIsValid() {
        assertThat(of(Platform.WINDOWS, subject(SignatureStatus.VALID), SAVED)).isEqualTo("Google");
        assertThat(of(Platform.WINDOWS, subject(SignatureStatus.UNKNOWN), SAVED))
                .isNull();
        assertThat(of(Platform.WINDOWS, subject(SignatureStatus.REVOKED), SAVED))
                .isNull();
    }

    @Test
    void aSignedProgramInAFolderOfItsOwnMayLoadAForeignLibrary() {
        assertThat(of(Platform.WINDOWS, subject(SignatureStatus.VALID), "C:\\Users\\ada\\Downloads\\pack\\update.exe"))
                .isNull();
        assertThat(of(Platform.WINDOWS, subject(SignatureStatus.VALID), "C:\\Users\\ada\\AppData\\Local\\Temp\\u.exe"))
                .isNull();
    }

    private static CodeSignature subject(SignatureStatus status) {
        return new CodeSignature(null, null, "Google LLC", status, null);
    }

    private static @Nullable String of(Platform platform, CodeSignature signature, String image) {
        Process process = Process.newBuilder()
                .setExecutable(image)
                .setCodeSignature(signature)
                .build();
        ProcessRisk risk = ProcessRisk.newBuilder().setImageUserWritable(true).build();
        return TestTunings.builtIn(platform).publishers().of(platform, process, risk);
    }
}
