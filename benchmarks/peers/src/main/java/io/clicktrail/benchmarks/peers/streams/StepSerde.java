package io.clicktrail.benchmarks.peers.streams;

import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.event.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Steps in the stores of the joins: a compact binary form. */
final class StepSerde {

    private StepSerde() {}

    /** One step. */
    static Serde<Step> one() {
        return Serdes.serdeFrom(
                (topic, step) -> step == null ? null : write(List.of(step)),
                (topic, bytes) -> bytes == null ? null : read(bytes).getFirst());
    }

    /** Steps in a row. */
    static Serde<List<Step>> several() {
        return Serdes.serdeFrom(
                (topic, steps) -> steps == null ? null : write(steps),
                (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    private static byte[] write(List<Step> steps) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(steps.size());
            for (Step step : steps) {
                out.writeUTF(step.host());
                out.writeLong(step.time());
                out.writeUTF(step.event());
                out.writeByte(step.platform().ordinal());
                out.writeByte((step.click() ? 1 : 0)
                        | (step.egress() ? 2 : 0)
                        | (step.write() ? 4 : 0)
                        | (step.execution() ? 8 : 0)
                        | (step.tool() ? 16 : 0));
                out.writeUTF(step.place());
                out.writeUTF(step.file());
                out.writeUTF(step.command());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Step> read(byte[] bytes) {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            return IntStream.range(0, in.readByte()).mapToObj(i -> next(in)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step next(DataInputStream in) {
        try {
            String host = in.readUTF();
            long time = in.readLong();
            String event = in.readUTF();
            Platform platform = Platform.values()[in.readByte()];
            int flags = in.readByte();
            return new Step(
                    host,
                    time,
                    event,
                    platform,
                    (flags & 1) != 0,
                    (flags & 2) != 0,
                    (flags & 4) != 0,
                    (flags & 8) != 0,
                    (flags & 16) != 0,
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
