package io.clicktrail.enricher.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds paths and URLs on a command line. It does not know each program's options: it looks for what can only be the
 * start of a path or URL, and takes what belongs to it. Bounded in length and number.
 */
public final class CommandLine {

    /** What is behind it is not read. */
    static final int MAX_LENGTH = 8192;

    /** Further paths are not read. */
    static final int MAX_PATHS = 32;

    private static final String[] VARIABLES = {
        "%temp%", "%tmp%", "%appdata%", "%localappdata%", "%userprofile%", "%public%", "%programdata%", "$env:"
    };
    private static final int MAX_JOINED_WORDS = 6;
    private static final int MAX_HOSTS = 8;
    private static final String FILE_URL = "file://";

    private CommandLine() {}

    /** The paths of a command line in order: on drives, shares, below known variables, or absolute Unix paths. */
    public static List<String> paths(String commandLine) {
        int length = Math.min(commandLine.length(), MAX_LENGTH);
        List<String> paths = new ArrayList<>(4);
        int i = 0;
        while (i < length && paths.size() < MAX_PATHS) {
            if (startsPath(commandLine, i)) {
                int end = endOfPath(commandLine, i, length);
                paths.add(commandLine.substring(i, end));
                i = end;
            }
            i++;
        }
        return paths;
    }

    /**
     * The paths of a command line, and the files that it names in the working directory: names with an extension that
     * stand for themselves.
     */
    public static List<String> paths(String commandLine, @Nullable String workingDirectory) {
        List<String> paths = paths(commandLine);
        if (workingDirectory == null || workingDirectory.isEmpty() || commandLine.isEmpty()) {
            return paths;
        }
        char separator = workingDirectory.indexOf('\\') >= 0 ? '\\' : '/';
        String folder = workingDirectory.charAt(workingDirectory.length() - 1) == separator
                ? workingDirectory
                : workingDirectory + separator;
        int length = Math.min(commandLine.length(), MAX_LENGTH);
        for (int i = endOfArgument(commandLine, 0, length); i < length && paths.size() < MAX_PATHS; i++) {
            if (commandLine.charAt(i) > ' ') {
                int end = endOfArgument(commandLine, i, length);
                @Nullable String name = nameOfFile(commandLine, i, end);
                if (name != null) {
                    paths.add(folder + name);
                }
                i = end;
            }
        }
        return paths;
    }

    private static int endOfArgument(String text, int from, int length) {
        char first = text.charAt(from);
        if (first == '"' || first == '\'') {
            int close = text.indexOf(first, from + 1);
            return close < 0 || close >= length ? length : close + 1;
        }
        int end = from;
        while (end < length && text.charAt(end) > ' ') {
            end++;
        }
        return end;
    }

    private static @Nullable String nameOfFile(String text, int from, int end) {
        if (text.charAt(from) == '"' || text.charAt(from) == '\'') {
            from++;
            end = Math.max(from, end - 1);
        }
        if (text.startsWith("./", from) || text.startsWith(".\\", from)) {
            from += 2;
        }
        if (from >= end || !endsLikeFile(text, from, end) || "-/\\%$".indexOf(text.charAt(from)) >= 0) {
            return null;
        }
        for (int i = from; i < end; i++) {
            if (":=*?<>|@".indexOf(text.charAt(i)) >= 0) {
                return null;
            }
        }
        return text.substring(from, end);
    }

    /** The http and https URLs of a command line in order, at most a few. */
    public static List<String> urls(String commandLine) {
        int length = Math.min(commandLine.length(), MAX_LENGTH);
        List<String> urls = new ArrayList<>(1);
        for (int i = 0; i + 8 <= length && urls.size() < MAX_HOSTS; i++) {
            char c = commandLine.charAt(i);
            if ((c == 'h' || c == 'H') && startsUrl(commandLine, i)) {
                int end = i;
                while (end < length && !isUrlEnd(commandLine.charAt(end))) {
                    end++;
                }
                urls.add(commandLine.substring(i, end));
                i = end;
            }
        }
        return urls;
    }

    /**
     * The hosts of shares and WebDAV folders that a command line or path names, at most a few: of {@code \\\\host\x},
     * of {@code \\\\host@SSL\DavWWWRoot\x}, {@code \\\\host@8080\x} and {@code file://host/x}.
     */
    public static List<String> shareHosts(String commandLine) {
        int length = Math.min(commandLine.length(), MAX_LENGTH);
        List<String> hosts = new ArrayList<>(1);
        for (int i = 0; i + 3 < length && hosts.size() < MAX_HOSTS; i++) {
            char c = commandLine.charAt(i);
            int from = c == '\\' || c == 'f' || c == 'F' ? startOfShareHost(commandLine, i) : -1;
            if (from < 0) {
                continue;
            }
            int end = from;
            while (end < length && isHostCharacter(commandLine.charAt(end))) {
                end++;
            }
            boolean isClosed = end < length && "\\/@".indexOf(commandLine.charAt(end)) >= 0;
            if (isClosed && end > from) {
                hosts.add(commandLine.substring(from, end));
            }
            i = end;
        }
        return hosts;
    }

    /** Where the host of a share begins that begins here; negative where none does, as in {@code C:\\\\folder}. */
    private static int startOfShareHost(String text, int at) {
        if (text.startsWith("\\\\", at)) {
            char before = at == 0 ? ' ' : text.charAt(at - 1);
            boolean isDrive = before == ':' && at >= 2 && isBoundary(text, at - 3);
            boolean isInPath = Character.isLetterOrDigit(before) || before == '\\' || before == '.' || before == '_';
            return isDrive || isInPath ? -1 : at + 2;
        }
        return text.regionMatches(true, at, FILE_URL, 0, FILE_URL.length()) ? at + FILE_URL.length() : -1;
    }

    private static boolean isBoundary(String text, int at) {
        return at < 0 || !Character.isLetterOrDigit(text.charAt(at));
    }

    private static boolean isHostCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    private static boolean startsUrl(String text, int at) {
        if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            return false;
        }
        return text.regionMatches(true, at, "http://", 0, 7) || text.regionMatches(true, at, "https://", 0, 8);
    }

    private static boolean isUrlEnd(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`';
    }

    private static boolean startsPath(String text, int at) {
        char c = text.charAt(at);
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        boolean atStart = before <= ' ' || "\"'=,;(|&:".indexOf(before) >= 0;
        if (c == '%' || c == '$') {
            return startsVariable(text, at);
        }
        if (!atStart) {
            return false;
        }
        if (c == '\\') {
            return text.startsWith("\\\\", at);
        }
        if (c == '/') {
            int next = text.indexOf('/', at + 1);
            return before != ':' && next > at + 1 && !text.startsWith("//", at) && noBlank(text, at, next);
        }
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return letter
                && at + 2 < text.length()
                && text.charAt(at + 1) == ':'
                && (text.charAt(at + 2) == '\\' || text.charAt(at + 2) == '/' && !text.startsWith("//", at + 2));
    }

    private static boolean noBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) <= ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean startsVariable(String text, int at) {
        for (String variable : VARIABLES) {
            if (text.regionMatches(true, at, variable, 0, variable.length())) {
                return true;
            }
        }
        return false;
    }

    /** Up to the closing quote; without quotes up to the blank after the first word that ends like a file name. */
    private static int endOfPath(String text, int from, int length) {
        char quote = from == 0 ? 0 : text.charAt(from - 1);
        if (quote == '"' || quote == '\'') {
            int close = text.indexOf(quote, from);
            return close < 0 || close > length ? length : close;
        }
        int firstEnd = endOfWord(text, from, length);
        int end = firstEnd;
        for (int words = 0; words < MAX_JOINED_WORDS; words++) {
            if (endsLikeFile(text, from, end)) {
                return end;
            }
            int next = end;
            while (next < length && text.charAt(next) == ' ') {
                next++;
            }
            if (next == length || "-/\"'".indexOf(text.charAt(next)) >= 0 || startsPath(text, next)) {
                return firstEnd;
            }
            end = endOfWord(text, next, length);
        }
        return firstEnd;
    }

    private static int endOfWord(String text, int from, int length) {
        int end = from;
        while (end < length && text.charAt(end) > ' ' && "\"'|<>;,&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean endsLikeFile(String text, int from, int end) {
        int dot = text.lastIndexOf('.', end - 1);
        if (dot <= from || end - dot - 1 < 1 || end - dot - 1 > 10) {
            return false;
        }
        for (int i = dot + 1; i < end; i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
