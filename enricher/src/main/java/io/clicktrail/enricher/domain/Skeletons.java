package io.clicktrail.enricher.domain;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/** What a name looks like: two names with the same skeleton are read as the same by a hurried eye (Unicode TR39). */
final class Skeletons {

    private static final SpoofChecker CHECKER =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();

    private Skeletons() {}

    /** The skeleton without case, accents and digits in place of letters. */
    static String of(String name) {
        String folded = withoutMarks(DECOMPOSED.normalize(name.toLowerCase(Locale.ROOT)));
        String skeleton = CHECKER.getSkeleton(folded).toLowerCase(Locale.ROOT);
        return asLetters(skeleton);
    }

    private static String withoutMarks(String decomposed) {
        var kept = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String asLetters(String skeleton) {
        var letters = new StringBuilder(skeleton.length());
        for (int i = 0; i < skeleton.length(); i++) {
            char c = skeleton.charAt(i);
            char next = i + 1 < skeleton.length() ? skeleton.charAt(i + 1) : 0;
            if (c == 'v' && next == 'v') {
                letters.append('w');
                i++;
            } else if (c == 'c' && next == 'l') {
                letters.append('d');
                i++;
            } else {
                letters.append(
                        switch (c) {
                            case '0' -> 'o';
                            case '1', 'i' -> 'l';
                            case '3' -> 'e';
                            case '4' -> 'a';
                            case '5' -> 's';
                            case '7' -> 't';
                            default -> c;
                        });
            }
        }
        return letters.toString();
    }
}
