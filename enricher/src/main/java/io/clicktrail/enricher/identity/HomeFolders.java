package io.clicktrail.enricher.identity;

import io.clicktrail.event.Event;
import io.clicktrail.event.Process;
import io.clicktrail.event.User;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of an account of which a sensor logs only the uid or the SID, from the home folder in which it works or
 * writes: nobody but its owner and the system can. A folder that no longer has its account's name gives the folder's.
 */
public final class HomeFolders {

    /** The first uid of a person (Apple, Directory Services; Linux begins at 1000). */
    private static final int FIRST_UID = 500;

    /** SIDs of accounts of a domain or a machine (Microsoft, well-known SIDs). */
    private static final String ACCOUNT_SID = "s-1-5-21-";

    /** The rid of the built-in administrator; those of people are 1000 and higher. */
    private static final String ADMINISTRATOR = "-500";

    private static final Set<String> NOBODYS = Set.of("shared", "public", "default", "default user", "all users");
    private static final int MAX_NAME = 64;

    private HomeFolders() {}

    /** The name of the account that acted, in lower case; null where the event does not show its home. */
    public static @Nullable String owner(Event event) {
        User user = event.getUser();
        if (user == null || !isPerson(user.getId())) {
            return null;
        }
        String written = event.getFile() == null ? null : event.getFile().getPath();
        Process process = event.getProcess();
        String owner = written == null ? null : ownerOf(written);
        if (owner == null && process != null && process.getWorkingDirectory() != null) {
            owner = ownerOf(process.getWorkingDirectory());
        }
        return owner;
    }

    /** The id, in lower case, of an account of which the event has nothing else; null for others. */
    public static @Nullable String unnamedAccount(Event event) {
        @Nullable User user = event.getUser();
        if (user == null || user.getName() != null || user.getEmail() != null) {
            return null;
        }
        @Nullable String id = user.getId();
        return id == null || !isPerson(id) ? null : id.toLowerCase(Locale.ROOT);
    }

    /** True for the uid or SID of an account that a person may have. */
    public static boolean isPerson(@Nullable String id) {
        if (id == null) {
            return false;
        }
        String key = id.toLowerCase(Locale.ROOT);
        if (key.startsWith(ACCOUNT_SID)) {
            return !key.endsWith(ADMINISTRATOR);
        }
        boolean isNumber = key.length() >= 3 && key.length() <= 9 && key.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && Integer.parseInt(key) >= FIRST_UID;
    }

    private static @Nullable String ownerOf(String path) {
        String plain = path.replace('\\', '/');
        int drive = plain.startsWith("/") ? 0 : plain.indexOf(":/") + 1;
        String rest = plain.substring(drive);
        int from = startsWith(rest, "/Users/") ? 7 : rest.startsWith("/home/") ? 6 : -1;
        if (from < 0) {
            return null;
        }
        int end = rest.indexOf('/', from);
        String name = rest.substring(from, end < 0 ? rest.length() : end).toLowerCase(Locale.ROOT);
        return name.isEmpty() || name.length() > MAX_NAME || NOBODYS.contains(name) ? null : name;
    }

    private static boolean startsWith(String text, String start) {
        return text.regionMatches(true, 0, start, 0, start.length());
    }
}
