package io.clicktrail.normalizer.windows;

import io.clicktrail.event.Autostart;
import io.clicktrail.event.AutostartKind;
import org.jspecify.annotations.Nullable;

/** Settings by which Windows runs something later, of bounded size. */
final class Autostarts {

    private static final int MAX_TEXT = 2_000;

    private Autostarts() {}

    static Autostart of(AutostartKind kind, String location, @Nullable String command) {
        return new Autostart(kind, clipped(location), command == null || command.isBlank() ? null : clipped(command));
    }

    /** Command and arguments of the first action in a task's XML; null where it has none that runs a program. */
    static @Nullable String commandOfTask(@Nullable String xml) {
        String command = element(xml, "Command");
        String arguments = element(xml, "Arguments");
        return command == null || arguments == null ? command : command + " " + arguments;
    }

    private static @Nullable String element(@Nullable String xml, String name) {
        if (xml == null) {
            return null;
        }
        int open = xml.indexOf("<" + name + ">");
        int from = open + name.length() + 2;
        int to = open < 0 ? -1 : xml.indexOf("</" + name + ">", from);
        return to <= from
                ? null
                : xml.substring(from, to)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&amp;", "&")
                        .strip();
    }

    private static String clipped(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }
}
