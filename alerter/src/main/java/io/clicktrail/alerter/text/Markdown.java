package io.clicktrail.alerter.text;

/** Text escaped so that Markdown and the HTML made from it show it as it is: no link, no image, no tag, no code. */
public final class Markdown {

    private static final String SPECIAL = "\\`*_{}[]()#+-!|~$:@=^";

    private Markdown() {}

    /** The text, to stand inside a paragraph, a list item or a table cell. It must have no hidden characters left. */
    public static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> {
                    if (SPECIAL.indexOf(c) >= 0) {
                        out.append('\\');
                    }
                    out.append(c);
                }
            }
        }
        return out.toString();
    }
}
