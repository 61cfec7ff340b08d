package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing is taken for what it is not. Generic formats are left out: they are asked only where no other claims. */
class SignaturesTest {

    private final Formats formats = Formats.of(InputLimits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> aLineOfTextIsClaimedByOneFormatAlone() {
        return Fixture.all().stream()
                .filter(fixture -> isText(fixture.format()))
                .filter(fixture -> fixture.expected().getFirst().startsWith("{"))
                .map(fixture -> DynamicTest.dynamicTest(
                        fixture.format() + ": " + fixture.name(),
                        () -> assertThat(claims(fixture.raw())).hasSizeLessThan(2)));
    }

    private boolean isText(String format) {
        return formats.text().stream().anyMatch(each -> each.name().equals(format));
    }

    private List<String> claims(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        Span text = new Span(bytes, 0, bytes.length);
        return formats.text().stream()
                .filter(each -> each.firstBytes().isEmpty() || each.firstBytes().indexOf(bytes[0]) >= 0)
                .filter(each -> each.recognises(text))
                .filter(each -> !each.name().startsWith("generic."))
                .map(TextFormat::name)
                .toList();
    }
}
