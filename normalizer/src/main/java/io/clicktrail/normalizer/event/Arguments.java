package io.clicktrail.normalizer.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Argument lists as one command line. */
public final class Arguments {

    private Arguments() {}

    /**
     * The arguments with blanks between them; one that is empty or holds blanks is put in quotes. Null where there are
     * none.
     */
    public static @Nullable String join(List<String> arguments) {
        if (arguments.isEmpty()) {
            return null;
        }
        StringBuilder line = new StringBuilder(64);
        for (String argument : arguments) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            if (isPlain(argument)) {
                line.append(argument);
            } else {
                char quote = argument.indexOf('"') < 0 ? '"' : '\'';
                line.append(quote).append(argument).append(quote);
            }
        }
        return line.toString();
    }

    private static boolean isPlain(String argument) {
        for (int i = 0; i < argument.length(); i++) {
            if (argument.charAt(i) <= ' ') {
                return false;
            }
        }
        return !argument.isEmpty();
    }
}
