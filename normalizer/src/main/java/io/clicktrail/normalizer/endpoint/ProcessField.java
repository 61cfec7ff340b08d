package io.clicktrail.normalizer.endpoint;

/** What an endpoint sensor may say about a process. */
enum ProcessField {
    /** The sensor's own identity, unique on its host. */
    ENTITY,
    PID,
    START,
    /** Path of the image, with or without its file name. */
    PATH,
    NAME,
    ORIGINAL_NAME,
    COMMAND_LINE,
    DIRECTORY,
    INTEGRITY,
    MD5,
    SHA1,
    SHA256,
    /** Who signed the image. */
    SIGNER,
    SIGNED,
    /** Whether the signature is valid. */
    VERIFIED,
    /** Bits that say both, as CrowdStrike numbers them. */
    SIGNATURE_FLAGS
}
