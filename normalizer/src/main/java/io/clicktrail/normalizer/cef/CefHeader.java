package io.clicktrail.normalizer.cef;

/**
 * The header of a CEF or LEEF record: which product reports what kind of event.
 *
 * @param eventClass CEF's device event class id, LEEF's event id
 * @param name what happened, in the product's words; empty in LEEF
 * @param severity 0 to 10 or a word; empty in LEEF
 */
record CefHeader(String vendor, String product, String eventClass, String name, String severity) {

    private static final int HIGH = 7;

    /** Whether CEF calls the severity high or very high: 7 to 10. */
    boolean isSevere() {
        return switch (severity.length()) {
            case 1 -> severity.charAt(0) - '0' >= HIGH && severity.charAt(0) <= '9';
            case 2 -> severity.equals("10");
            default -> severity.equalsIgnoreCase("high") || severity.equalsIgnoreCase("very-high");
        };
    }
}
