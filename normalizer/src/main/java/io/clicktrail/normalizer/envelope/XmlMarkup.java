package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.text.Lines;

/** The markup between XML events: declaration, comments, processing instructions and the tags of the container. */
public final class XmlMarkup {

    /** There is a document type definition: nothing more of the value is read. */
    public static final int HAS_DTD = -1;

    /** How far the end of a comment or tag is looked for, so that many unclosed ones cost little. */
    private static final int LOOK_AHEAD = 1 << 12;

    private XmlMarkup() {}

    /**
     * The first place after markup and blanks, or {@link #HAS_DTD}; {@code from} itself where there is no markup.
     */
    public static int skip(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == '<') {
            int end;
            if (Lines.startsWith(bytes, at, to, "<!DOCTYPE") || Lines.startsWith(bytes, at, to, "<!doctype")) {
                return HAS_DTD;
            } else if (Lines.startsWith(bytes, at, to, "<?")) {
                end = after(bytes, at, to, "?>");
            } else if (Lines.startsWith(bytes, at, to, "<!--")) {
                end = after(bytes, at, to, "-->");
            } else if (isTag(bytes, at + 1, to, "Events")
                    || (Lines.startsWith(bytes, at, to, "</") && isTag(bytes, at + 2, to, "Events"))) {
                end = after(bytes, at, to, ">");
            } else {
                return at;
            }
            if (end < 0) {
                return at;
            }
            at = Lines.skipBlanks(bytes, end, to);
        }
        return at;
    }

    /** Whether a tag of this local name begins at a place, with or without a namespace prefix. */
    public static boolean isTag(byte[] bytes, int from, int to, String localName) {
        int name = from;
        int at = from;
        while (at < to && isNameByte(bytes[at])) {
            if (bytes[at] == ':') {
                name = at + 1;
            }
            at++;
        }
        return at < to
                && at - name == localName.length()
                && Lines.startsWith(bytes, name, to, localName)
                && (bytes[at] == '>' || bytes[at] == '/' || Lines.isBlank(bytes[at]));
    }

    private static boolean isNameByte(byte b) {
        int lower = b | 0x20;
        return (lower >= 'a' && lower <= 'z') || (b >= '0' && b <= '9') || b == ':' || b == '_' || b == '-' || b == '.';
    }

    private static int after(byte[] bytes, int from, int to, String mark) {
        int found = Lines.find(bytes, from, Math.min(to, from + LOOK_AHEAD), mark);
        return found < 0 ? -1 : found + mark.length();
    }
}
