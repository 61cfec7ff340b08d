package io.clicktrail.normalizer.identity;

/** What an identity provider may say about a sign-in. */
enum SignInField {
    TIME,
    RECORD_ID,
    /** What happened, in the provider's words. */
    ACTION,
    /** Mail address or UPN, or a bare name. */
    USER,
    USER_ID,
    CLIENT_IP,
    USER_AGENT,
    DEVICE_NAME,
    DEVICE_ID,
    OPERATING_SYSTEM,
    SESSION,
    RESULT,
    ALERT_ID,
    ALERT_TITLE,
    ALERT_SEVERITY
}
