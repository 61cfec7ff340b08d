package io.clicktrail.alerter.assets;

import java.util.List;

/** The names by which an account is looked up: its key, and the login name alone. */
final class AccountNames {

    private AccountNames() {}

    /** @param key canonical user key: {@code domain\\login}, a mail address, a login name or a SID */
    static List<String> of(String key) {
        int end = key.indexOf('@');
        String login = end > 0 ? key.substring(0, end) : key.substring(key.lastIndexOf('\\') + 1);
        return login.equals(key) || login.isEmpty() ? List.of(key) : List.of(key, login);
    }
}
