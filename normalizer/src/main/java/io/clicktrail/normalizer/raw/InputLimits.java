package io.clicktrail.normalizer.raw;

/**
 * The bounds that hold for every raw record, since its content is an attacker's to choose.
 *
 * @param valueBytes the largest value that is read, bytes
 * @param depth the deepest JSON or XML nesting that is read
 * @param fieldChars the longest field an event keeps, UTF-16 units; longer ones are cut and the event is tagged
 * @param listValues the most values one list field keeps
 * @param documents the most documents one value may hold
 * @param faults the most rejections one value may give; what follows them is rejected as one
 * @param envelopes how deep envelopes may be nested
 */
public record InputLimits(
        int valueBytes, int depth, int fieldChars, int listValues, int documents, int faults, int envelopes) {

    public static final InputLimits DEFAULT = new InputLimits(1 << 20, 64, 32_767, 256, 10_000, 100, 4);

    public InputLimits {
        require(valueBytes, 1024, 256 << 20, "valueBytes");
        require(depth, 8, 512, "depth");
        require(fieldChars, 256, 1 << 20, "fieldChars");
        require(listValues, 1, 65_536, "listValues");
        require(documents, 1, 1_000_000, "documents");
        require(faults, 1, 10_000, "faults");
        require(envelopes, 0, 8, "envelopes");
    }

    private static void require(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but is " + value);
        }
    }
}
