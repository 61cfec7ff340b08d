package io.clicktrail.alerter.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void leavesNoLinkTagOrCode() {
        assertThat(Markdown.escape("[pay](https://evil.top) <img src=x onerror=y> `rm` ![i](x)"))
                .isEqualTo(
                        "\\[pay\\]\\(https\\://evil.top\\) &lt;img src\\=x onerror\\=y&gt; \\`rm\\` \\!\\[i\\]\\(x\\)");
    }
}
