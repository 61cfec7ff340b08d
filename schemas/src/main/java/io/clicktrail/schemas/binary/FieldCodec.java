package io.clicktrail.schemas.binary;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Writes and reads the values of one type of a schema. */
@NullUnmarked // only an optional value is null
interface FieldCodec {

    void write(Object value, BinaryOutput output);

    Object read(BinaryInput input);

    /** {@code string}. */
    record TextCodec() implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            output.writeText((String) value);
        }

        @Override
        public Object read(BinaryInput input) {
            return input.readText();
        }
    }

    /** {@code boolean}. */
    record BooleanCodec() implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            output.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(BinaryInput input) {
            return input.readBoolean();
        }
    }

    /** {@code int}. */
    record IntCodec() implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            output.writeLong((Integer) value);
        }

        @Override
        public Object read(BinaryInput input) {
            return input.readInt();
        }
    }

    /** {@code long}. */
    record LongCodec() implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            output.writeLong((Long) value);
        }

        @Override
        public Object read(BinaryInput input) {
            return input.readLong();
        }
    }

    /** {@code double}. */
    record DoubleCodec() implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            output.writeDouble((Double) value);
        }

        @Override
        public Object read(BinaryInput input) {
            return input.readDouble();
        }
    }

    /** {@code timestamp-micros}; rounds down to the microsecond. */
    record TimeCodec() implements FieldCodec {
        private static final long MICROS_PER_SECOND = 1_000_000;
        private static final int NANOS_PER_MICRO = 1_000;

        @Override
        public void write(Object value, BinaryOutput output) {
            var time = (Instant) value;
            output.writeLong(Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / NANOS_PER_MICRO));
        }

        @Override
        public Object read(BinaryInput input) {
            long micros = input.readLong();
            return Instant.ofEpochSecond(
                    Math.floorDiv(micros, MICROS_PER_SECOND),
                    Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
        }
    }

    /** {@code enum}; constants in the order of the schema, which is that of the class. */
    record EnumCodec(Object[] constants) implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            output.writeLong(((Enum<?>) value).ordinal());
        }

        @Override
        public Object read(BinaryInput input) {
            return constants[input.readInt()];
        }
    }

    /** {@code union} of null and one other type. */
    record OptionalCodec(FieldCodec type, int nullIndex) implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            if (value == null) {
                output.writeLong(nullIndex);
            } else {
                output.writeLong(1 - nullIndex);
                type.write(value, output);
            }
        }

        @Override
        public Object read(BinaryInput input) {
            return input.isPresent(nullIndex) ? type.read(input) : null;
        }
    }

    /** {@code array}, in one block. */
    record ArrayCodec(FieldCodec element) implements FieldCodec {
        @Override
        public void write(Object value, BinaryOutput output) {
            var list = (Collection<?>) value;
            if (!list.isEmpty()) {
                output.writeLong(list.size());
                for (Object each : list) {
                    element.write(each, output);
                }
            }
            output.writeLong(0);
        }

        @Override
        public Object read(BinaryInput input) {
            int block = input.readBlock();
            if (block == 0) {
                return Collections.emptyList();
            }
            List<Object> read = List.of();
            for (; block != 0; block = input.readBlock()) {
                var elements = new Object[block];
                for (int i = 0; i < block; i++) {
                    elements[i] = element.read(input);
                }
                read = read.isEmpty() ? Arrays.asList(elements) : joined(read, elements);
            }
            return read;
        }

        private static List<Object> joined(List<Object> before, Object[] more) {
            Object[] all = Arrays.copyOf(before.toArray(), before.size() + more.length);
            System.arraycopy(more, 0, all, before.size(), more.length);
            return Arrays.asList(all);
        }
    }

    /** {@code map}, in one block. */
    record MapCodec(FieldCodec value) implements FieldCodec {
        @Override
        public void write(Object given, BinaryOutput output) {
            var map = (Map<?, ?>) given;
            if (!map.isEmpty()) {
                output.writeLong(map.size());
                for (var entry : map.entrySet()) {
                    output.writeText((String) entry.getKey());
                    value.write(entry.getValue(), output);
                }
            }
            output.writeLong(0);
        }

        @Override
        public Object read(BinaryInput input) {
            var read = new LinkedHashMap<String, Object>();
            for (int block = input.readBlock(); block != 0; block = input.readBlock()) {
                for (int i = 0; i < block; i++) {
                    String key = input.readText();
                    read.put(key, value.read(input));
                }
            }
            return read;
        }
    }
}
