package io.clicktrail.alerter.render;

import io.clicktrail.alerter.render.TextStyle.Tone;
import io.clicktrail.alerter.text.SafeText;
import org.jspecify.annotations.Nullable;

/** Lines for a terminal, wrapped at words and never wider than {@link #WIDTH}. */
final class TextLayout {

    static final int WIDTH = 120;

    private static final int WIDEST_LABEL = 60;

    private final TextStyle style;
    private final StringBuilder out = new StringBuilder(8 * 1024);

    TextLayout(TextStyle style) {
        this.style = style;
    }

    void blank() {
        out.append('\n');
    }

    void heading(String text) {
        blank();
        out.append(style.paint(Tone.HEADING, text)).append('\n');
    }

    /** A line that starts with a label and continues below its text, not below the label. */
    void item(String label, String text) {
        lines(label, " ".repeat(SafeText.columns(label)), text, null, null);
    }

    void item(String label, Tone labelTone, String text) {
        lines(label, " ".repeat(SafeText.columns(label)), text, labelTone, null);
    }

    void quiet(String label, String text) {
        lines(label, " ".repeat(SafeText.columns(label)), text, null, Tone.QUIET);
    }

    void text(String text) {
        lines("", "", text, null, null);
    }

    void text(Tone tone, String text) {
        lines("", "", text, null, tone);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** A label that is too wide becomes a part of the text. */
    private void lines(String label, String indent, String text, @Nullable Tone labelTone, @Nullable Tone tone) {
        if (indent.length() > WIDEST_LABEL) {
            lines("  ", "    ", label.strip() + " " + text, null, tone);
            return;
        }
        int room = WIDTH - indent.length();
        String rest = text;
        String start = labelTone == null ? label : style.paint(labelTone, label);
        do {
            int end = breakAt(rest, room);
            String line = rest.substring(0, end).stripTrailing();
            out.append(start)
                    .append(tone == null ? line : style.paint(tone, line))
                    .append('\n');
            rest = rest.substring(end).stripLeading();
            start = indent;
        } while (!rest.isEmpty());
    }

    /** End of what fits: after the last space that fits, or in the middle of a word that is too long. */
    private static int breakAt(String text, int room) {
        int columns = 0;
        int space = -1;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            columns += SafeText.columns(Character.toString(point));
            if (columns > room) {
                return space > 0 ? space : at;
            }
            at += Character.charCount(point);
            if (point == ' ') {
                space = at;
            }
        }
        return text.length();
    }
}
