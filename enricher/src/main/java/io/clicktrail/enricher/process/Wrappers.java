package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ApplicationKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the application that a wrapper runs: a sandbox of Snap or Flatpak, a shell script that starts a program, a web
 * view that is embedded in a program.
 */
final class Wrappers {

    /** Microsoft Edge WebView2 names the program that embeds it on the command line of each of its processes. */
    private static final String EMBEDDER = "--webview-exe-name=";

    private static final String SANDBOX = "sandbox";
    private static final String SHELL = "shell";
    private static final int MAX_WORDS = 64;
    private static final int MAX_LETTERS = 4096;

    private Wrappers() {}

    /** @param responsible image of the process in whose name it acts, where that is known */
    static @Nullable Application unwrapped(
            Platform platform,
            @Nullable Application application,
            @Nullable String commandLine,
            @Nullable String responsible,
            ProcessCatalogue catalogue) {
        if (application == null) {
            return null;
        }
        Application inside = switch (application.kind()) {
            case WEBVIEW -> embedder(platform, commandLine, responsible, catalogue);
            case BROKER ->
                SANDBOX.equals(application.name()) ? named(platform, commandLine, MAX_WORDS, catalogue) : null;
            case LOLBIN -> SHELL.equals(application.name()) ? named(platform, commandLine, 1, catalogue) : null;
            case BROWSER, MAIL, CHAT, OFFICE, READER, LAUNCHER, ARCHIVER, UNKNOWN -> null;
        };
        return inside == null ? application : inside;
    }

    private static @Nullable Application embedder(
            Platform platform, @Nullable String commandLine, @Nullable String responsible, ProcessCatalogue catalogue) {
        int at = commandLine == null ? -1 : commandLine.indexOf(EMBEDDER);
        if (commandLine != null && at >= 0) {
            int from = at + EMBEDDER.length();
            return linkSource(catalogue.of(platform, commandLine.substring(from, endOfWord(commandLine, from))));
        }
        return linkSource(catalogue.of(platform, responsible));
    }

    private static @Nullable Application linkSource(@Nullable Application application) {
        return application != null && application.isLinkSource() && application.kind() != ApplicationKind.WEBVIEW
                ? application
                : null;
    }

    /**
     * The first of so many words behind the image, options left out, that names a program that people follow links
     * from.
     */
    private static @Nullable Application named(
            Platform platform, @Nullable String commandLine, int most, ProcessCatalogue catalogue) {
        if (commandLine == null) {
            return null;
        }
        int length = Math.min(commandLine.length(), MAX_LETTERS);
        int words = 0;
        for (int from = endOfWord(commandLine, 0) + 1; from < length && words < most; ) {
            int end = endOfWord(commandLine, from);
            if (end > from && commandLine.charAt(from) != '-') {
                words++;
                Application named = linkSource(byWord(platform, commandLine.substring(from, end), catalogue));
                if (named != null && !SANDBOX.equals(named.name())) {
                    return named;
                }
            } else if (most == 1 && end == from + 2 && commandLine.charAt(from + 1) == 'c') {
                return null;
            }
            from = end + 1;
        }
        return null;
    }

    /** A path or a name, also one like {@code org.mozilla.firefox}. */
    private static @Nullable Application byWord(Platform platform, String word, ProcessCatalogue catalogue) {
        String name = FileNames.ofPath(word).toLowerCase(Locale.ROOT);
        Application application = catalogue.of(platform, name);
        return application == null ? catalogue.of(platform, name.substring(name.lastIndexOf('.') + 1)) : application;
    }

    private static int endOfWord(String text, int from) {
        int end = text.indexOf(' ', from);
        return end < 0 ? text.length() : end;
    }
}
