package io.clicktrail.standalone.logs;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One log file, plain or compressed. Compression and encoding are detected from its first bytes, not from its name.
 *
 * @param bytes size on disk
 */
public record LogFile(Path path, long bytes) {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] EVTX = "ElfFile\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] UTF16LE_MARK = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] UTF16BE_MARK = {(byte) 0xfe, (byte) 0xff};
    private static final int SIGNATURE = 8;
    private static final int BUFFER = 1 << 16;

    /** Opens the file as UTF-8 text, for files other than logs. */
    public InputStream openText() throws UnreadableLogException {
        @Nullable InputStream file = null;
        try {
            file = Files.newInputStream(path);
            return text(unpacked(file));
        } catch (IOException e) {
            close(file);
            throw UnreadableLogException.in(path, e);
        } catch (UnreadableLogException e) {
            close(file);
            throw e;
        }
    }

    /**
     * Opens the file at its first record.
     *
     * @param limit greatest size of a record in bytes; the rest of a longer one is dropped
     * @throws UnreadableLogException if the file can't be opened, is a binary event log or a zip archive
     */
    public RecordReader open(int limit) throws UnreadableLogException {
        @Nullable InputStream file = null;
        try {
            file = Files.newInputStream(path);
            var counted = new CountingInputStream(file);
            return new RecordReader(text(unpacked(counted)), limit, counted::count);
        } catch (IOException e) {
            close(file);
            throw UnreadableLogException.in(path, e);
        } catch (UnreadableLogException e) {
            close(file);
            throw e;
        }
    }

    private InputStream unpacked(InputStream in) throws IOException {
        var start = new PushbackInputStream(in, SIGNATURE);
        byte[] signature = peek(start);
        if (startsWith(signature, GZIP)) {
            return new GZIPInputStream(start, BUFFER);
        }
        return startsWith(signature, ZSTD) ? new ZstdInputStream(start) : start;
    }

    private InputStream text(InputStream in) throws IOException, UnreadableLogException {
        var start = new PushbackInputStream(in, SIGNATURE);
        byte[] signature = peek(start);
        if (startsWith(signature, EVTX)) {
            throw new UnreadableLogException(path
                    + " is a Windows event log in its binary form; export it as text first, for example:"
                    + " evtx_dump -o jsonl FILE.evtx > FILE.jsonl");
        }
        if (startsWith(signature, ZIP)) {
            throw new UnreadableLogException(
                    path + " is a zip archive; unpack it first, for example: unzip -d FOLDER FILE.zip");
        }
        if (startsWith(signature, UTF8_MARK)) {
            start.skipNBytes(UTF8_MARK.length);
            return start;
        }
        if (startsWith(signature, UTF16LE_MARK) || startsWith(signature, UTF16BE_MARK)) {
            return new Utf8InputStream(start, StandardCharsets.UTF_16);
        }
        return start;
    }

    private static byte[] peek(PushbackInputStream in) throws IOException {
        byte[] signature = in.readNBytes(SIGNATURE);
        in.unread(signature);
        return signature;
    }

    private static boolean startsWith(byte[] bytes, byte[] signature) {
        return bytes.length >= signature.length
                && Arrays.equals(bytes, 0, signature.length, signature, 0, signature.length);
    }

    private static void close(@Nullable InputStream in) {
        if (in != null) {
            try {
                in.close();
            } catch (IOException ignored) {
                // The first failure is the one to report.
            }
        }
    }
}
