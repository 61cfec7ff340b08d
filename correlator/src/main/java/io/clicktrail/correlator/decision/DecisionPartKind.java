package io.clicktrail.correlator.decision;

import java.util.Locale;

/**
 * A named part of the decision over a chain. The points of all but {@link #DOMAIN_SCORE} and {@link #STRONG_PLACE} are
 * a row each of the weights.
 */
public enum DecisionPartKind {
    DOMAIN_SCORE("the score of the place"),
    NEW_PLACE("the place was first seen within 7 days, or is a bare address that is new here"),
    NEW_PLACE_LEARNING("the place is new here, but this installation still learns what is ordinary"),
    FIRST_PROGRAM("a place known here hands out a program for the first time, and the program ran"),
    KNOWN_PLACE("the place has been known here for 7 days or longer"),
    RISKY_FILE("the file can run or carry code, or has a deceptive name"),
    HARMLESS_FILE("the file can't run code, or the download is not finished"),
    OTHER_FILE("the kind of the file says nothing"),
    COMMAND_NAMES_PLACE("what ran names the place on its command line, in its path or as its origin"),
    MARK_MISSING("the file lacks the mark that a download gets"),
    CLICK_SAME_PLACE("the clicked link leads to the same place"),
    CLICK_TIME_ONLY("nothing but time, user or host ties the click"),
    FILE_FROM_PLACE("the file names the place as its origin, or its name is in the URL"),
    FILE_SAME_APPLICATION("the application that connected wrote the file"),
    NO_ARTIFACT("neither click nor file names the place"),
    OTHER_ORIGIN("the file may be from a trusted place that hands out programs, connected to just then"),
    CODE_RAN("the file ran, something in it, or the command that names the place"),
    BAD_SIGNATURE("what ran is not signed, or its signature is revoked or not valid"),
    KNOWN_PUBLISHER("a known publisher signed what ran"),
    SYSTEM_TOOL_RAN("a system tool ran below the application"),
    PREPARED("the file was made ready to run"),
    CALLED_NEW_PLACE("what ran connected to a place that is new here"),
    CALLED_OTHER_NEW_PLACE("what ran connected to a new place that is not the one that it came from"),
    FORM_SENT("a form was sent to the place after the click"),
    FALSE_SIGN_IN_PAGE("the place imitates a known name and asks to sign in"),
    HIGH_RISK_SIGN_IN("a sign-in of the account followed that its identity provider calls a high risk"),
    MEDIUM_RISK_SIGN_IN("a sign-in of the account followed that its identity provider calls a medium risk"),
    CLICK_MISSING("no click was seen"),
    EGRESS_MISSING("no connection was seen"),
    WEAK_CLICK("the click is inferred"),
    STRONG_PLACE("the place alone is strong enough");

    private final String meaning;

    DecisionPartKind(String meaning) {
        this.meaning = meaning;
    }

    /** Name in detections and in the weights: lower case, words joined by underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the part means, a short sentence without a full stop; never a word from a log. */
    public String meaning() {
        return meaning;
    }

    /** Whether the points are a row of the weights. */
    boolean isWeighted() {
        return this != DOMAIN_SCORE && this != STRONG_PLACE;
    }

    /** Whether the part takes points away. */
    boolean lowers() {
        return switch (this) {
            case KNOWN_PLACE,
                    HARMLESS_FILE,
                    CLICK_TIME_ONLY,
                    NO_ARTIFACT,
                    OTHER_ORIGIN,
                    KNOWN_PUBLISHER,
                    CLICK_MISSING,
                    EGRESS_MISSING,
                    WEAK_CLICK -> true;
            case DOMAIN_SCORE,
                    NEW_PLACE,
                    NEW_PLACE_LEARNING,
                    FIRST_PROGRAM,
                    RISKY_FILE,
                    OTHER_FILE,
                    COMMAND_NAMES_PLACE,
                    MARK_MISSING,
                    CLICK_SAME_PLACE,
                    FILE_FROM_PLACE,
                    FILE_SAME_APPLICATION,
                    CODE_RAN,
                    BAD_SIGNATURE,
                    SYSTEM_TOOL_RAN,
                    PREPARED,
                    CALLED_NEW_PLACE,
                    CALLED_OTHER_NEW_PLACE,
                    FORM_SENT,
                    FALSE_SIGN_IN_PAGE,
                    HIGH_RISK_SIGN_IN,
                    MEDIUM_RISK_SIGN_IN,
                    STRONG_PLACE -> false;
        };
    }
}
