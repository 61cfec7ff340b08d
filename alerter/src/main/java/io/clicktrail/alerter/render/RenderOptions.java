package io.clicktrail.alerter.render;

/**
 * Options of formats; a format ignores what it has no use for.
 *
 * @param ocsfVersion version that OCSF documents state
 * @param style look of text for a terminal
 */
public record RenderOptions(String ocsfVersion, TextStyle style) {

    /** OCSF of the version that most consumers read, text without escape sequences. */
    public static final RenderOptions DEFAULTS = new RenderOptions(CloudEvent.OCSF_VERSION, TextStyle.PLAIN);

    /** With the version that OCSF documents state. */
    public static RenderOptions ocsf(String version) {
        return new RenderOptions(version, TextStyle.PLAIN);
    }

    /** With the look of text for a terminal. */
    public static RenderOptions styled(TextStyle style) {
        return new RenderOptions(CloudEvent.OCSF_VERSION, style);
    }
}
