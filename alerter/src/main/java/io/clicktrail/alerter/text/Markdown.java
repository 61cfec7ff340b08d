package io.clicktrail.alerter.text;

/** Escapes text so that Markdown and the HTML made from it show it literally: no link, image, tag or code. */
public final class Markdown {

    private static final String SPECIAL = "\\`*_{}[]()#+-!|~$:@=^";

    private Markdown() {}

    /** The text for a paragraph, a list item or a table cell. It must not have hidden characters. */
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
