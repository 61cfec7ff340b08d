package io.clicktrail.enricher.file;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.lists.DataList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * UserPaths: where an ordinary user can write. Rules are path prefixes of whole segments, held in a tree, so that a
 * path is matched in one walk; the deepest rule wins.
 */
public final class UserPaths {

    /** Rule of a path on a Windows drive that is not the system's and that no other rule names. */
    public static final String OTHER_DRIVE = "other_drive";

    private static final String MOUNTED = "mounted_image";
    private static final String DRIVE_ROOT = "drive_root";
    private static final String OPERATOR_RULE = "tuning";
    private static final String ANY_DRIVE = "?:";
    private static final char SYSTEM_DRIVE = 'c';
    /** No rule is deeper; what an attacker nests below is not walked. */
    private static final int MAX_DEPTH = 16;

    private static final String[] DEVICE_PREFIXES = {"\\\\?\\", "\\??\\", "\\\\.\\"};
    /** Behind a device prefix: a share. */
    private static final String SHARE = "unc\\";

    private static final String VOLUME = "\\device\\harddiskvolume";

    private final Map<Platform, Node> roots;

    private UserPaths(Map<Platform, Node> roots) {
        this.roots = roots;
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static UserPaths of(DataList list) {
        Map<Platform, Node> roots = new EnumMap<>(Platform.class);
        list.forEach(row -> roots.computeIfAbsent(row.one(0, Platform.class), platform -> new Node())
                .add(segments(row.text(2)), row.text(1)));
        return new UserPaths(roots);
    }

    /** This catalogue with an operator's path prefixes for one platform. */
    public UserPaths with(Platform platform, Collection<String> prefixes) {
        if (prefixes.isEmpty()) {
            return this;
        }
        Map<Platform, Node> extended = new EnumMap<>(roots);
        var root = extended.getOrDefault(platform, new Node()).copy();
        prefixes.forEach(prefix -> root.add(segments(prefix), OPERATOR_RULE));
        extended.put(platform, root);
        return new UserPaths(extended);
    }

    /**
     * The rule under which an ordinary user can write to a path; null where there is none. Where the platform is not
     * known, the path says whether it is Windows, and else the first of Linux and macOS that has a rule decides.
     */
    public @Nullable String ruleOf(Platform platform, String path) {
        if (platform == Platform.UNKNOWN && path.startsWith("/")) {
            @Nullable String rule = ruleOf(Platform.LINUX, path);
            return rule == null ? ruleOf(Platform.MACOS, path) : rule;
        }
        Node root = roots.get(platform == Platform.UNKNOWN ? Platform.WINDOWS : platform);
        if (root == null) {
            return null;
        }
        var segments = new Segments(path);
        String rule = root.deepest(segments, 0);
        if (rule != null || !segments.has(0) || !isDrive(segments.get(0))) {
            return rule;
        }
        if (segments.get(0).charAt(0) != SYSTEM_DRIVE) {
            return OTHER_DRIVE;
        }
        return segments.has(1) && !segments.has(2) ? DRIVE_ROOT : null;
    }

    /** True for a Windows path on a drive letter other than the system's, as a mounted image gets one. */
    static boolean isOnOtherDrive(String path) {
        int from = prefixLength(path);
        return path.length() > from + 2
                && path.charAt(from + 1) == ':'
                && (path.charAt(from + 2) == '\\' || path.charAt(from + 2) == '/')
                && Character.toLowerCase(path.charAt(from)) != SYSTEM_DRIVE
                && isLetter(path.charAt(from));
    }

    /** True for a path on a mounted image or removable disk, as far as it follows from a platform's paths. */
    public static boolean isMounted(Platform platform, String path, @Nullable String rule) {
        return switch (platform) {
            case WINDOWS -> isOnOtherDrive(path);
            case LINUX, MACOS -> MOUNTED.equals(rule);
            case UNKNOWN -> false;
        };
    }

    static List<String> segments(String path) {
        return new Segments(path).all();
    }

    /** The segments of a path in lower case, made as they are asked for: most paths leave the rules' tree early. */
    private static final class Segments {

        private final String path;
        private final List<String> found = new ArrayList<>(8);
        private int next;

        Segments(String path) {
            this.path = path;
            int from = prefixLength(path);
            if (path.regionMatches(true, from, VOLUME, 0, VOLUME.length())) {
                int end = path.indexOf('\\', from + VOLUME.length());
                found.add("c:");
                from = end < 0 ? path.length() : end + 1;
            } else if (path.startsWith("\\\\", from)) {
                found.add("\\\\");
                from += 2;
            } else if (from > 0 && path.regionMatches(true, from, SHARE, 0, SHARE.length())) {
                found.add("\\\\");
                from += SHARE.length();
            }
            next = from;
        }

        boolean has(int index) {
            while (found.size() <= index && addNext()) {
                // Until it is there, or the path ends.
            }
            return found.size() > index;
        }

        String get(int index) {
            return found.get(index);
        }

        List<String> all() {
            has(MAX_DEPTH - 1);
            return found;
        }

        private boolean addNext() {
            int start = next;
            while (start < path.length() && isSeparator(path.charAt(start))) {
                start++;
            }
            if (start == path.length() || found.size() == MAX_DEPTH) {
                next = start;
                return false;
            }
            int end = start + 1;
            while (end < path.length() && !isSeparator(path.charAt(end))) {
                end++;
            }
            found.add(path.substring(start, end).toLowerCase(Locale.ROOT));
            next = end;
            return true;
        }

        private static boolean isSeparator(char c) {
            return c == '\\' || c == '/';
        }
    }

    private static int prefixLength(String path) {
        for (String prefix : DEVICE_PREFIXES) {
            if (path.startsWith(prefix)) {
                return prefix.length();
            }
        }
        return 0;
    }

    private static boolean isDrive(String segment) {
        return segment.length() == 2 && segment.charAt(1) == ':' && isLetter(segment.charAt(0));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** One segment of the rules' tree. Written while the catalogue is built, only read afterwards. */
    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();
        private final List<Pattern> patterns = new ArrayList<>();
        private @Nullable Node any;
        private @Nullable String rule;

        void add(List<String> segments, String name) {
            Node node = this;
            for (String segment : segments) {
                node = node.child(segment);
            }
            node.rule = name;
        }

        private Node child(String segment) {
            if (segment.equals("*") || segment.equals(ANY_DRIVE)) {
                any = any == null ? new Node() : any;
                return any;
            }
            int star = segment.indexOf('*');
            if (star < 0) {
                return literals.computeIfAbsent(segment, key -> new Node());
            }
            int last = segment.lastIndexOf('*');
            var pattern = new Pattern(
                    segment.substring(0, star),
                    last == star ? "" : segment.substring(star + 1, last),
                    segment.substring(last + 1),
                    new Node());
            for (Pattern known : patterns) {
                if (known.isLike(pattern)) {
                    return known.node();
                }
            }
            patterns.add(pattern);
            return pattern.node();
        }

        @Nullable
        String deepest(Segments segments, int depth) {
            boolean isLeaf = literals.isEmpty() && patterns.isEmpty() && any == null;
            if (isLeaf || !segments.has(depth)) {
                return rule;
            }
            String segment = segments.get(depth);
            Node literal = literals.get(segment);
            String found = literal == null ? null : literal.deepest(segments, depth + 1);
            for (int i = 0; found == null && i < patterns.size(); i++) {
                Pattern pattern = patterns.get(i);
                found = pattern.matches(segment) ? pattern.node().deepest(segments, depth + 1) : null;
            }
            if (found == null && any != null && (depth > 0 || isDrive(segment) || segment.equals("\\\\"))) {
                found = any.deepest(segments, depth + 1);
            }
            return found == null ? rule : found;
        }

        Node copy() {
            var copy = new Node();
            literals.forEach((segment, node) -> copy.literals.put(segment, node.copy()));
            patterns.forEach(pattern -> copy.patterns.add(new Pattern(
                    pattern.start(),
                    pattern.middle(),
                    pattern.end(),
                    pattern.node().copy())));
            copy.any = any == null ? null : any.copy();
            copy.rule = rule;
            return copy;
        }
    }

    private record Pattern(String start, String middle, String end, Node node) {

        boolean isLike(Pattern other) {
            return start.equals(other.start) && middle.equals(other.middle) && end.equals(other.end);
        }

        boolean matches(String segment) {
            int from = start.length();
            int to = segment.length() - end.length();
            return to >= from
                    && segment.startsWith(start)
                    && segment.endsWith(end)
                    && (middle.isEmpty() || segment.substring(from, to).contains(middle));
        }
    }
}
