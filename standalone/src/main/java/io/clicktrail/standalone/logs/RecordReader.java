package io.clicktrail.standalone.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Splits a log file into the records that a collector would have sent.
 *
 * <p>The first character decides what a record is: a JSON document up to its closing brace, an XML element up to its
 * end tag, or else one line. The elements of a JSON array and of {@code <Events>} are separate records. A truncated
 * document ends where the next one starts, so that no complete record is lost.
 *
 * <p>A row of a log whose columns stand in the head of the file (Zeek's {@code #fields}, W3C's {@code #Fields:}) has
 * those lines before it, since a row by itself says too little.
 *
 * <p>Cost: one pass with a few bytes of look-ahead. Memory: a buffer of 64 kB, a header of at most
 * {@value RowHeader#MAX_BYTES} bytes and one record of at most {@code limit} bytes.
 */
public final class RecordReader implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int SHORT_RECORD = 1 << 11;
    private static final int MAX_NAME_BYTES = 64;
    private static final int END = -1;
    private static final byte[] EVENTS = {'E', 'v', 'e', 'n', 't', 's'};

    private final InputStream in;
    private final LongSupplier position;
    private final int limit;

    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int filled;

    private byte[] record = new byte[SHORT_RECORD];
    private int length;
    private long dropped;

    private final byte[] tag = new byte[MAX_NAME_BYTES];
    private final int[] tagTail = new int[3];
    private int tagLength;

    private final RowHeader header = new RowHeader();
    private boolean isRow;

    private boolean atStart = true;
    private boolean inArray;
    private long oversized;

    RecordReader(InputStream in, int limit, LongSupplier position) {
        this.in = in;
        this.limit = limit;
        this.position = position;
    }

    /** The next record, or null after the last one. */
    public byte @Nullable [] read() throws IOException {
        while (true) {
            length = 0;
            dropped = 0;
            isRow = false;
            int first = skipBlanks();
            if (first == END) {
                return null;
            }
            boolean wasAtStart = atStart;
            atStart = false;
            if (inArray && (first == ',' || first == ']')) {
                next++;
                inArray = first == ',';
                continue;
            }
            if (wasAtStart && first == '[') {
                if (opensArray()) {
                    inArray = true;
                    continue;
                }
                readLine();
            } else if (first == '{') {
                readJson();
            } else if (first == '<' && opensElement()) {
                readElement();
            } else {
                isRow = first != '#';
                readLine();
            }
            if (length > 0) {
                return finished();
            }
        }
    }

    /** Bytes of the file read so far, before decompression. */
    public long position() {
        return position.getAsLong();
    }

    /** Records so far that were longer than the limit and truncated. */
    public long oversized() {
        return oversized;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] finished() {
        if (dropped > 0) {
            oversized++;
        }
        int end = length;
        while (end > 0 && isBlank(record[end - 1])) {
            end--;
        }
        byte[] line = Arrays.copyOf(record, end);
        byte[] whole = isRow ? header.before(line, limit) : line;
        if (!isRow) {
            header.read(line);
        }
        if (record.length > limit / 2) {
            record = new byte[SHORT_RECORD];
        }
        return whole;
    }

    private void readLine() throws IOException {
        for (int b = peek(); b != END && b != '\n'; b = peek()) {
            take(b);
        }
    }

    private void readJson() throws IOException {
        int depth = 0;
        boolean inString = false;
        boolean escaped = false;
        for (int b = peek(); b != END; b = peek()) {
            // A line break in a string, or a document that opens at the very start of a line: this one was broken off.
            if (b == '\n' && (inString || peek(1) == '{')) {
                return;
            }
            take(b);
            if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (b == '\\') {
                    escaped = true;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth <= 0) {
                return;
            }
        }
    }

    /** An element with its content; a prologue, a comment and the tags of {@code Events} are no records. */
    private void readElement() throws IOException {
        if (!readTag()) {
            return;
        }
        if (tagIs("<?") || tagIs("<!--") || tagNames("<", EVENTS) || tagNames("</", EVENTS)) {
            length = 0;
            dropped = 0;
        } else if (tagIs("<!")) {
            // No event has a document type: the whole file is one record, which the normalizer rejects.
            for (int b = peek(); b != END; b = peek()) {
                take(b);
            }
        } else if (!tagIs("</") && tagTail[1] != '/') {
            readContent(tagName());
        }
    }

    private void readContent(byte[] name) throws IOException {
        do {
            for (int b = peek(); b != '<'; b = peek()) {
                if (b == END || (b == '\n' && opensNext(name))) {
                    return;
                }
                take(b);
            }
        } while (readTag() && !tagNames("</", name));
    }

    /** One tag, comment, processing instruction or CDATA section; false if the file ends first. */
    private boolean readTag() throws IOException {
        tagLength = 0;
        int quote = 0;
        for (int b = peek(); b != END; b = peek()) {
            take(b);
            if (tagLength < tag.length) {
                tag[tagLength] = (byte) b;
            }
            tagLength++;
            tagTail[0] = tagTail[1];
            tagTail[1] = tagTail[2];
            tagTail[2] = b;
            boolean comment = tagIs("<!--");
            if (comment || tagIs("<![")) {
                int closing = comment ? '-' : ']';
                if (b == '>' && tagLength >= 7 && tagTail[0] == closing && tagTail[1] == closing) {
                    return true;
                }
            } else if (quote != 0) {
                quote = b == quote ? 0 : quote;
            } else if (b == '"' || b == '\'') {
                quote = b;
            } else if (b == '>') {
                return true;
            }
        }
        return false;
    }

    private boolean tagIs(String start) {
        if (tagLength < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (tag[i] != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean tagNames(String opening, byte[] name) {
        int end = opening.length() + name.length;
        return tagIs(opening)
                && end < Math.min(tagLength, tag.length)
                && Arrays.equals(tag, opening.length(), end, name, 0, name.length)
                && endsName(tag[end]);
    }

    private byte[] tagName() {
        int end = 1;
        while (end < Math.min(tagLength, tag.length) && !endsName(tag[end])) {
            end++;
        }
        return Arrays.copyOfRange(tag, 1, end);
    }

    private static boolean endsName(int b) {
        return isBlank(b) || b == '>' || b == '/';
    }

    /** At the end of a line: does the next line open another such element, at its very first character? */
    private boolean opensNext(byte[] name) throws IOException {
        if (peek(1) != '<') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (peek(2 + i) != name[i]) {
                return false;
            }
        }
        return endsName(peek(2 + name.length));
    }

    private boolean opensElement() throws IOException {
        int second = peek(1);
        return second == '?' || second == '!' || second == '/' || isLetter(second);
    }

    /** Consumes the bracket if it opens an array of documents; many text lines begin with a bracket too. */
    private boolean opensArray() throws IOException {
        int ahead = 1;
        while (ahead < BUFFER / 2 && isBlank(peek(ahead))) {
            ahead++;
        }
        int inside = peek(ahead);
        if (inside != '{' && inside != ']') {
            return false;
        }
        next++;
        return true;
    }

    private int skipBlanks() throws IOException {
        int b = peek();
        while (isBlank(b)) {
            next++;
            b = peek();
        }
        return b;
    }

    private void take(int b) {
        next++;
        if (length == limit) {
            dropped++;
            return;
        }
        if (length == record.length) {
            record = Arrays.copyOf(record, Math.min(limit, 2 * length));
        }
        record[length++] = (byte) b;
    }

    private int peek() throws IOException {
        return next < filled || fill(0) ? buffer[next] & 0xff : END;
    }

    private int peek(int ahead) throws IOException {
        return next + ahead < filled || fill(ahead) ? buffer[next + ahead] & 0xff : END;
    }

    /** Reads until the byte at this distance is in the buffer; false at the end of the file. */
    private boolean fill(int ahead) throws IOException {
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        filled -= next;
        next = 0;
        while (filled <= ahead) {
            int read = in.read(buffer, filled, BUFFER - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isLetter(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
    }
}
