package io.clicktrail.alerter.render;

/** How a text for a terminal looks. */
public enum Style {
    /** No escape sequences at all. */
    PLAIN,
    /** Colours by ANSI escape sequences. */
    ANSI;

    /** A tone of the palette: the meaning, not the colour. */
    enum Tone {
        GRAVE("1;97;41"),
        BAD("1;31"),
        WARN("1;33"),
        GOOD("32"),
        HEADING("1"),
        QUIET("2");

        private final String codes;

        Tone(String codes) {
            this.codes = codes;
        }
    }

    String paint(Tone tone, String text) {
        return switch (this) {
            case PLAIN -> text;
            case ANSI -> "\u001b[" + tone.codes + "m" + text + "\u001b[0m";
        };
    }
}
