package io.clicktrail.normalizer.macos;

import io.clicktrail.event.Host;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An audit token, the kernel's identity of a process: an object, or since message version 10 (macOS 26) the array
 * {@code [auid, euid, egid, ruid, rgid, pid, asid, pidversion]}.
 *
 * <p>A pid and its version belong to one image of one process until the next boot. The process's identity is {@code
 * host:pid:pidversion}, or the {@code uuid} that Jamf Protect gives it.
 */
final class AuditTokenFields {

    private static final int AUID = 0;
    private static final int RUID = 3;
    private static final int PID = 5;
    private static final int SESSION = 6;
    private static final int PID_VERSION = 7;
    private static final int LENGTH = 8;
    private static final String UNSET = "4294967295";

    private final int array;
    private final int[] members = new int[LENGTH];
    private final int uuid;

    AuditTokenFields(JsonPaths paths, String path) {
        array = paths.field(path);
        members[AUID] = paths.field(path + ".auid");
        members[RUID] = paths.field(path + ".ruid");
        members[PID] = paths.field(path + ".pid");
        members[SESSION] = paths.field(path + ".asid");
        members[PID_VERSION] = paths.field(path + ".pidversion");
        uuid = paths.field(path + ".uuid");
    }

    @Nullable
    Long pid(JsonFields document) {
        return Numbers.whole(member(document, PID));
    }

    @Nullable
    String entityId(JsonFields document, @Nullable Host host) {
        String own = document.get(uuid);
        if (own != null) {
            return own;
        }
        return ProcessEntityIds.entityId(member(document, PID), member(document, PID_VERSION), host);
    }

    /** The audit session. */
    @Nullable
    String session(JsonFields document) {
        return member(document, SESSION);
    }

    /** The account that logged in, or the real one where nobody has. Only its number is known. */
    @Nullable
    User user(JsonFields document) {
        String login = member(document, AUID);
        boolean hasLogin = login != null && !login.equals(UNSET) && !login.equals("-1");
        return Users.of(null, null, hasLogin ? login : member(document, RUID));
    }

    /** The process as another one's parent or responsible application; null where the token is absent. */
    @Nullable
    ParentProcess process(JsonFields document, @Nullable Host host, @Nullable String executable) {
        Long pid = pid(document);
        return pid == null && executable == null
                ? null
                : new ParentProcess(entityId(document, host), pid, executable, null);
    }

    private @Nullable String member(JsonFields document, int index) {
        String named = document.get(members[index]);
        if (named != null) {
            return named;
        }
        List<String> values = document.all(array);
        return values.size() == LENGTH ? values.get(index) : null;
    }
}
