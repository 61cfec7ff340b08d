package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainRankingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17,example.com|example.com",
                "17, example.com|example.com",
                "example.com|example.com",
                "https://example.com/a,b|https://example.com/a,b",
                "rank,domain|"
            })
    void readsTheDomainOfALine(String line, @Nullable String domain) {
        assertThat(DomainRanking.domainOf(line)).isEqualTo(domain);
    }

    @Test
    void takesOnlyNamesForWhichOneTenantAnswers() {
        Stream<String> lines = Stream.of(
                "1,wikipedia.org",
                "2,www.example.com",
                "3,pages.dev",
                "4,bit.ly",
                "5,co.uk",
                "6,192.0.2.7",
                "7,shop.co.uk",
                "8,late.com");
        assertThat(DomainRanking.popular(lines, 7, TestTunings.CATALOGUES.domains()))
                .containsExactly("wikipedia.org", "shop.co.uk");
    }
}
