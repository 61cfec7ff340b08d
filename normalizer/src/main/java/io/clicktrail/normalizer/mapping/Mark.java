package io.clicktrail.normalizer.mapping;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An ASCII text in the signature of a mapped format, by which its lines are recognised.
 *
 * @param pairs its pairs of neighbouring bytes, as {@link PairFilter} numbers them
 */
@SuppressWarnings("ArrayRecordComponent")
record Mark(String text, int[] pairs) {

    static Mark[] of(List<String> texts) {
        return texts.stream()
                .map(text -> new Mark(
                        text,
                        IntStream.range(1, text.length())
                                .map(at -> PairFilter.number(text.charAt(at - 1), text.charAt(at)))
                                .toArray()))
                .toArray(Mark[]::new);
    }
}
