package io.clicktrail.normalizer.endpoint;

/** What an endpoint sensor may say about an account. */
enum AccountField {
    /** Name, with or without {@code DOMAIN\} before it. */
    NAME,
    DOMAIN,
    ID,
    UPN
}
