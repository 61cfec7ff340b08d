package io.clicktrail.standalone.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Converts text of another encoding to UTF-8, for example the UTF-16 that PowerShell writes. */
final class Utf8InputStream extends InputStream {
    private static final int CHARS = 1 << 13;

    private final Reader reader;
    private final char[] chars = new char[CHARS];
    private int kept;
    private ByteBuffer encoded = ByteBuffer.allocate(0);

    Utf8InputStream(InputStream in, Charset charset) {
        reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
        return fill() ? encoded.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, encoded.remaining());
        encoded.get(target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private boolean fill() throws IOException {
        while (!encoded.hasRemaining()) {
            int read = reader.read(chars, kept, CHARS - kept);
            if (read < 0 && kept == 0) {
                return false;
            }
            int end = kept + Math.max(read, 0);
            // The first half of a pair waits for its second half.
            boolean halfPair = read > 0 && Character.isHighSurrogate(chars[end - 1]);
            int whole = halfPair ? end - 1 : end;
            encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars, 0, whole));
            kept = end - whole;
            if (halfPair) {
                chars[0] = chars[whole];
            }
        }
        return true;
    }
}
