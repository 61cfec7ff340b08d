package io.clicktrail.alerter.render;

/** Look of text for a terminal. */
public enum TextStyle {
    /** No escape sequences at all. */
    PLAIN,
    /** Colours by ANSI escape sequences. */
    ANSI;

    /** Meaning of a colour. */
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
