package io.clicktrail.streams;

/** Checks a setting and says key, value and rule when it is wrong. */
final class Setting {

    private Setting() {}

    static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is '" + value + "' but must be " + rule);
        }
    }
}
