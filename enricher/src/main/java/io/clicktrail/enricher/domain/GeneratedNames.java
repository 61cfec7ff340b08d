package io.clicktrail.enricher.domain;

/**
 * Tells labels that look made by a machine from words. Simple on purpose: of 50,000 new names a day every test this
 * cheap takes hundreds of honest ones for generated, so it is worth a small part only.
 */
final class GeneratedNames {

    private static final int MIN_LENGTH = 10;
    private static final int LONG_RUN = 5;
    private static final int MANY_SWITCHES = 4;
    private static final int FEW_VOWELS = 5;

    private GeneratedNames() {}

    /** True where the label has long runs without a vowel, hardly any vowels, or digits all over. */
    static boolean looksGenerated(String label) {
        if (label.length() < MIN_LENGTH || label.indexOf('-') >= 0) {
            return false;
        }
        int vowels = 0;
        int letters = 0;
        int run = 0;
        int longest = 0;
        int switches = 0;
        boolean digitBefore = Character.isDigit(label.charAt(0));
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            switches += digit == digitBefore ? 0 : 1;
            digitBefore = digit;
            if (digit) {
                run = 0;
                continue;
            }
            letters++;
            if ("aeiouy".indexOf(c) >= 0) {
                vowels++;
                run = 0;
            } else {
                longest = Math.max(longest, ++run);
            }
        }
        return longest >= LONG_RUN && vowels * FEW_VOWELS < letters * 2
                || letters > 0 && vowels * FEW_VOWELS < letters
                || switches >= MANY_SWITCHES;
    }
}
