package io.clicktrail.streams.settings;

/** Checks a setting; the exception says key, value and rule. */
public final class Setting {

    private Setting() {}

    public static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is '" + value + "' but must be " + rule);
        }
    }
}
