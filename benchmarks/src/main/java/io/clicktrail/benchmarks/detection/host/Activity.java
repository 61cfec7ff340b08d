package io.clicktrail.benchmarks.detection.host;

import java.time.Instant;

/** Something that happens at a machine. Which log shows it depends on the sensors there. */
public sealed interface Activity {

    Instant at();

    record ProcessStarted(Instant at, Program program) implements Activity {}

    record NameResolved(Instant at, Program program, String name, String address) implements Activity {}

    /** @param quic over UDP */
    record Connected(Instant at, Program program, Remote remote, boolean quic) implements Activity {}

    /**
     * A request and its answer.
     *
     * @param method GET, or POST where a form is sent
     * @param referrer empty where there is none
     * @param fileName of the content, empty for a page
     */
    record Requested(
            Instant at,
            Program program,
            Remote remote,
            String method,
            String url,
            String referrer,
            String mime,
            long bytes,
            String fileName,
            String sha256)
            implements Activity {}

    record FileCreated(Instant at, Program program, String path, String sha256) implements Activity {}

    /**
     * A file gets another name.
     *
     * @param origin URL of its content, empty where there is none
     * @param referrer empty where there is none
     */
    record FileRenamed(
            Instant at, Program program, String from, String to, String sha256, String origin, String referrer)
            implements Activity {}

    /**
     * Mark of the Web or quarantine.
     *
     * @param origin URL of the file, or {@code about:internet}
     * @param referrer empty where there is none
     */
    record FileMarked(Instant at, Program program, String path, String origin, String referrer, String sha256)
            implements Activity {}

    record MarkRemoved(Instant at, Program program, String path) implements Activity {}

    record ModeChanged(Instant at, Program program, String path) implements Activity {}

    /** An application hands a URL to the operating system, which hands it to the browser. */
    record LinkOpened(Instant at, Program opener, String url) implements Activity {}

    /** The mail gateway, which rewrote the link, redirects the click. */
    record MailLinkClicked(Instant at, String url) implements Activity {}

    record LoggedOn(Instant at) implements Activity {}

    /**
     * Somebody signs in at a service as the machine's person, from elsewhere.
     *
     * @param address that the service sees
     * @param risk as the identity provider calls it: none, low, medium, high
     */
    record SignedIn(Instant at, String address, String country, String risk) implements Activity {}

    record AddressLeased(Instant at) implements Activity {}
}
