package io.clicktrail.alerter.text;

import java.util.Locale;
import java.util.Set;

/**
 * Which user names do not identify one person across hosts: numeric ids, and names such as root that every host has.
 */
public final class UserNames {

    /** Accounts that many hosts have of their own. */
    private static final Set<String> COMMON =
            Set.of("root", "administrator", "admin", "guest", "user", "test", "ubuntu", "ec2-user", "vagrant");

    private UserNames() {}

    /**
     * Whether other hosts have a user of the same name that is another person: a numeric id such as 501, or a name that
     * every host has, without its domain.
     */
    public static boolean isOfOneHost(String user) {
        return isNumeric(user) || isCommon(user.toLowerCase(Locale.ROOT));
    }

    /** Whether a user is known by a numeric id alone. */
    public static boolean isNumeric(String user) {
        return user.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    /** Whether many hosts have an account of this name, lower case, of their own. */
    public static boolean isCommon(String name) {
        return COMMON.contains(name);
    }
}
