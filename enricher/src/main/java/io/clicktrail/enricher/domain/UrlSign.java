package io.clicktrail.enricher.domain;

/** Something about the form of a URL that honest links rarely show. */
public enum UrlSign {
    /** A user name or password before the host. */
    USERINFO,
    /** The part before the host reads like another host, or a backslash hides where the host ends. */
    MISLEADING_AUTHORITY,
    /** An address in place of a name. */
    ADDRESS_LITERAL,
    /** An address written so that a reader does not see it: hexadecimal, octal, one number. */
    OBFUSCATED_ADDRESS,
    /** A port that the scheme does not use. */
    ODD_PORT,
    /** Percent escapes, full-width dots or invisible characters in the host. */
    ENCODED_HOST,
    /** The path ends in a high-risk file extension. */
    RISKY_EXTENSION,
    /** The path ends in a document's extension followed by a high-risk one. */
    DOUBLE_EXTENSION,
    /** The path looks like a file under a suffix that is also a file extension: .zip, .mov. */
    SUFFIX_LIKE_FILE
}
