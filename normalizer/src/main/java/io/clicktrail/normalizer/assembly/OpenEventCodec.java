package io.clicktrail.normalizer.assembly;

import io.clicktrail.normalizer.assembly.PendingPiece.Header;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an open event in a store and its changelog, big-endian. Layout of version 1:
 *
 * <pre>
 * version      1 byte
 * openedMillis 8 bytes
 * pieces       4 bytes, then each piece: body, host, topic, partition (4), offset (8), delivered (8), value hash,
 *              document, position (4), isPart (1), isCounted (1), key, headers (4, then name and value of each)
 * </pre>
 *
 * <p>Texts are UTF-8. Texts and bytes follow their length of 4 bytes, -1 for an absent one. A later version gets a new
 * version byte and keeps this reader. Only this service writes the store, so a length is trusted.
 */
public final class OpenEventCodec {

    private static final int VERSION = 1;

    private OpenEventCodec() {}

    public static byte[] encode(OpenEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.bytes() + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(event.openedMillis());
            out.writeInt(event.pieces().size());
            for (PendingPiece piece : event.pieces()) {
                write(out, piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static OpenEvent decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException(
                        "an open event of version " + version + " is not known to this release");
            }
            long opened = in.readLong();
            int count = in.readInt();
            List<PendingPiece> pieces = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                pieces.add(piece(in));
            }
            return new OpenEvent(opened, pieces);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, PendingPiece piece) throws IOException {
        write(out, piece.body());
        text(out, piece.host());
        text(out, piece.at().topic());
        out.writeInt(piece.at().partition());
        out.writeLong(piece.at().offset());
        out.writeLong(delivery(piece.at()));
        text(out, piece.valueHash());
        write(out, piece.document());
        out.writeInt(piece.position());
        out.writeBoolean(piece.isPart());
        out.writeBoolean(piece.isCounted());
        write(out, piece.key());
        out.writeInt(piece.headers().size());
        for (Header header : piece.headers()) {
            text(out, header.name());
            write(out, header.value());
        }
    }

    private static PendingPiece piece(DataInputStream in) throws IOException {
        byte[] body = present(in);
        String host = text(in);
        RawCoordinates at =
                at(new String(present(in), StandardCharsets.UTF_8), in.readInt(), in.readLong(), in.readLong());
        String hash = new String(present(in), StandardCharsets.UTF_8);
        byte[] document = present(in);
        int position = in.readInt();
        boolean isPart = in.readBoolean();
        boolean isCounted = in.readBoolean();
        byte[] key = read(in);
        int count = in.readInt();
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new Header(new String(present(in), StandardCharsets.UTF_8), read(in)));
        }
        return new PendingPiece(body, host, at, hash, document, position, isPart, isCounted, key, headers);
    }

    /** A time of arrival that stands for an unknown delivery is written as its complement, less one. */
    private static long delivery(RawCoordinates at) {
        return at.isDeliveryKnown() ? at.deliveredMillis() : -at.deliveredMillis() - 2;
    }

    private static RawCoordinates at(String topic, int partition, long offset, long delivery) {
        return delivery >= RawCoordinates.UNKNOWN_DELIVERY
                ? new RawCoordinates(topic, partition, offset, delivery)
                : new RawCoordinates(topic, partition, offset, -delivery - 2, false);
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        write(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        byte[] bytes = read(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    private static byte[] present(DataInputStream in) throws IOException {
        byte[] bytes = read(in);
        if (bytes == null) {
            throw new IOException("a field of an open event is missing");
        }
        return bytes;
    }
}
