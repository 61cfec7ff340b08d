package io.clicktrail.enricher.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a command line takes code from, in the disguises that pasted commands wear: base64 of PowerShell, carets of
 * cmd, percent signs of URIs, hosts without a scheme behind a command that fetches. Bounded in length and number.
 */
public final class CommandSource {

    private static final int MAX_WORDS = 256;
    private static final int MAX_FETCHED = 4;

    /** PowerShell takes any beginning of -EncodedCommand, and -ec. */
    private static final String ENCODED = "-encodedcommand";

    private static final Set<String> FETCHERS = Set.of(
            "curl",
            "curl.exe",
            "wget",
            "wget.exe",
            "aria2c",
            "fetch",
            "irm",
            "iwr",
            "invoke-restmethod",
            "invoke-webrequest",
            "mshta",
            "mshta.exe");

    /** Options of fetchers whose next word is a file, header, agent or body. */
    private static final Set<String> OPTIONS_WITH_VALUE = Set.of(
            "-o",
            "--output",
            "-outfile",
            "-h",
            "--header",
            "-a",
            "--user-agent",
            "-useragent",
            "-d",
            "--data",
            "-e",
            "-x",
            "--proxy",
            "-u",
            "--user",
            "-method",
            "-headers",
            "--output-document",
            "-p");

    private static final Set<String> INTERACTIVE =
            Set.of("-i", "-l", "-il", "-li", "--login", "-nologo", "-noexit", "--posix");

    private CommandSource() {}

    /** The command line, and what it says behind its disguises. */
    public static List<String> readings(String commandLine) {
        String line = commandLine.substring(0, Math.min(commandLine.length(), CommandLine.MAX_LENGTH));
        List<String> readings = new ArrayList<>(1);
        readings.add(line);
        if (line.indexOf('^') >= 0) {
            readings.add(line.replace("^", ""));
        }
        if (line.indexOf('%') >= 0 && (contains(line, "%5c%5c") || contains(line, "%3a%2f%2f"))) {
            readings.add(percentDecoded(line));
        }
        @Nullable String encoded = decoded(line);
        if (encoded != null) {
            readings.add(encoded);
        }
        return readings;
    }

    /** True for a command line with a link of Windows' own schemes, but for {@code ms-appinstaller:}. */
    public static boolean isGivenUri(String commandLine) {
        int length = Math.min(commandLine.length(), CommandLine.MAX_LENGTH);
        int start = 0;
        boolean isFirst = true;
        for (int i = 0; i < length; i++) {
            char c = commandLine.charAt(i);
            if (isBetweenWords(c)) {
                start = i + 1;
                isFirst = true;
            } else if (c == ':' && isFirst) {
                if (isWindowsScheme(commandLine, start, i)) {
                    return true;
                }
                isFirst = false;
            }
        }
        return false;
    }

    private static boolean isWindowsScheme(String text, int from, int to) {
        return is("search-ms", text, from, to)
                || is("search", text, from, to)
                || text.regionMatches(true, from, "ms-", 0, "ms-".length()) && !is("ms-appinstaller", text, from, to);
    }

    private static boolean is(String word, String text, int from, int to) {
        return to - from == word.length() && text.regionMatches(true, from, word, 0, word.length());
    }

    /** URLs without a scheme that a command fetches, with the scheme that it takes then. */
    public static List<String> fetched(String commandLine) {
        List<String> fetched = new ArrayList<>(0);
        List<String> words = words(commandLine);
        for (int i = 0; i < words.size() && fetched.size() < MAX_FETCHED; i++) {
            if (FETCHERS.contains(FileNames.ofPath(words.get(i)).toLowerCase(Locale.ROOT))) {
                @Nullable String source = source(words, i + 1);
                if (source != null) {
                    fetched.add("http://" + source);
                }
            }
        }
        return fetched;
    }

    /** True for the command line of a shell that was given nothing to run. */
    public static boolean isInteractive(String commandLine) {
        List<String> words = words(commandLine);
        for (int i = 1; i < words.size(); i++) {
            if (!INTERACTIVE.contains(words.get(i).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** The first word that is the value of no option; null where it is a URL with a scheme or can be no host. */
    private static @Nullable String source(List<String> words, int from) {
        for (int i = from; i < words.size(); i++) {
            String word = words.get(i);
            boolean isValue =
                    i > from && OPTIONS_WITH_VALUE.contains(words.get(i - 1).toLowerCase(Locale.ROOT));
            if (!word.startsWith("-") && !isValue) {
                return beginsWithHost(word) ? word : null;
            }
        }
        return null;
    }

    private static boolean beginsWithHost(String word) {
        int end = 0;
        boolean hasDot = false;
        while (end < word.length() && "/:?#".indexOf(word.charAt(end)) < 0) {
            char c = word.charAt(end);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-') {
                return false;
            }
            hasDot |= c == '.' && end > 0;
            end++;
        }
        return hasDot && !word.startsWith("://", end);
    }

    /** The words of a command line, without quotes and what joins commands. */
    private static List<String> words(String commandLine) {
        List<String> words = new ArrayList<>(8);
        int length = Math.min(commandLine.length(), CommandLine.MAX_LENGTH);
        int start = -1;
        for (int i = 0; i <= length && words.size() < MAX_WORDS; i++) {
            boolean ends = i == length || isBetweenWords(commandLine.charAt(i));
            if (ends && start >= 0) {
                words.add(commandLine.substring(start, i));
                start = -1;
            } else if (!ends && start < 0) {
                start = i;
            }
        }
        return words;
    }

    private static boolean isBetweenWords(char c) {
        return c <= ' ' || "\"'`|;&(){}<>$,".indexOf(c) >= 0;
    }

    private static @Nullable String decoded(String line) {
        if (!contains(line, " -e") && !contains(line, " /e")) {
            return null;
        }
        List<String> words = words(line);
        for (int i = 0; i + 1 < words.size(); i++) {
            String option = words.get(i).toLowerCase(Locale.ROOT).replace('/', '-');
            if (option.length() > 1 && (ENCODED.startsWith(option) || option.equals("-ec"))) {
                try {
                    byte[] bytes = Base64.getMimeDecoder().decode(words.get(i + 1));
                    return new String(bytes, StandardCharsets.UTF_16LE);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static String percentDecoded(String text) {
        var decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int high = text.charAt(i) == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                decoded.append(text.charAt(i));
            } else {
                decoded.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return decoded.toString();
    }

    /** @param part begins with no letter */
    private static boolean contains(String text, String part) {
        for (int i = text.indexOf(part.charAt(0)); i >= 0; i = text.indexOf(part.charAt(0), i + 1)) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
