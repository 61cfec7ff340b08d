package io.clicktrail.benchmarks.detection.host;

/**
 * Who works at a machine.
 *
 * @param login short account name
 * @param upn user principal name, also the mail address
 * @param sid of the account in the Windows domain
 */
public record Person(String login, String upn, String sid) {
    /** NetBIOS name of the Windows domain. */
    public static final String DOMAIN = "CORP";

    /** {@code DOMAIN\login}. */
    public String account() {
        return DOMAIN + "\\" + login;
    }
}
