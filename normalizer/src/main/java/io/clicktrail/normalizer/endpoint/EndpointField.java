package io.clicktrail.normalizer.endpoint;

/** What an endpoint sensor may say beside processes and accounts. */
enum EndpointField {
    TIME,
    ACTION,
    RECORD_ID,
    /** The name that every event of the sensor carries. */
    HOST_NAME,
    /** A name that only some events carry: kept, but the host does not go by it. */
    HOST_LABEL,
    HOST_DOMAIN,
    HOST_ID,
    HOST_MAC,
    OPERATING_SYSTEM,
    FILE_PATH,
    FILE_NAME,
    FILE_OLD_PATH,
    FILE_OLD_NAME,
    FILE_SIZE,
    FILE_MD5,
    FILE_SHA1,
    FILE_SHA256,
    FILE_ORIGIN_URL,
    FILE_REFERRER_URL,
    FILE_ZONE,
    LOCAL_IP,
    LOCAL_PORT,
    REMOTE_IP,
    REMOTE_PORT,
    REMOTE_URL,
    PROTOCOL,
    HTTP_METHOD,
    DNS_NAME,
    DNS_TYPE,
    DNS_ANSWERS,
    LOGON_TYPE,
    LOGON_ID,
    ALERT_ID,
    ALERT_TITLE,
    ALERT_SEVERITY,
    ALERT_TECHNIQUES
}
