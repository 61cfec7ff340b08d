package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.text.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CaseTextTest {

    @Test
    void writesTheWindowsCaseAsAnAnalystReadsIt() throws IOException {
        String text = CaseText.of(Stories.alert(Stories.executed()), TextStyle.PLAIN);

        assertThat(text).isEqualTo(golden("/io/clicktrail/alerter/windows-story.txt"));
    }

    @Test
    void neverGoesBeyondTheWidth() {
        String text = CaseText.of(Stories.alert(Stories.executed()), TextStyle.PLAIN);

        assertThat(text.lines()).allMatch(line -> SafeText.columns(line) <= TextLayout.WIDTH);
    }

    @Test
    void coloursChangeNothingButColours() {
        var alert = Stories.alert(Stories.executed());

        String coloured = CaseText.of(alert, TextStyle.ANSI);

        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(CaseText.of(alert, TextStyle.PLAIN));
    }

    @Test
    void aPlainCaseHasNoEscapeSequence() {
        assertThat(CaseText.of(Stories.alert(Stories.contacted()), TextStyle.PLAIN))
                .doesNotContain("\u001b");
    }

    private static String golden(String resource) throws IOException {
        try (var in = Objects.requireNonNull(CaseTextTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
