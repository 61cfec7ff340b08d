package io.clicktrail.alerter.page;

import io.clicktrail.detection.Stage;
import java.util.Locale;

/** A lane of the timeline: whose acts it shows. The name is also the class of its marks in the style sheet. */
public enum Lane {
    CLICK("User and application", "Click"),
    EGRESS("Network", "Egress"),
    WRITE("File", "Write"),
    EXECUTION("Process", "Execution");

    private final String title;
    private final String stageName;

    Lane(String title, String stageName) {
        this.title = title;
        this.stageName = stageName;
    }

    static Lane of(Stage stage) {
        return switch (stage) {
            case CLICK -> CLICK;
            case EGRESS -> EGRESS;
            case WRITE -> WRITE;
            case EXECUTION -> EXECUTION;
        };
    }

    /** Heading of the lane. */
    public String title() {
        return title;
    }

    /** The stage of the chain that it shows. */
    public String stageName() {
        return stageName;
    }

    /** Class in the style sheet. */
    public String style() {
        return stageName.toLowerCase(Locale.ROOT);
    }
}
