package io.clicktrail.normalizer.mail;

/** What a mail system may say about a mail, or about a click on a link in it. */
enum MailField {
    TIME,
    RECORD_ID,
    /** Who clicked; of a mail its recipient. */
    USER,
    /** Where the click came from, often an address that many share. */
    CLIENT_IP,
    USER_AGENT,
    URL,
    /** Links in the mail. */
    URLS,
    MESSAGE_ID,
    LOCAL_ID,
    FROM,
    TO,
    SUBJECT,
    /** What was done with it, in the source's words. */
    VERDICT
}
