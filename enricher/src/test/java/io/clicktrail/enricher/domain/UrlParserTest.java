package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlParserTest {

    private static final long SEED = 20261121L;

    private final UrlParser parser = new UrlParser(TestTunings.CATALOGUES.extensions());
    private final TenantKeys tenants = TestTunings.CATALOGUES.domains().tenants;

    @TestFactory
    Stream<DynamicTest> readsUrlsAsBrowsersDo() throws IOException {
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(150);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row, () -> {
                    List<String> columns = List.of(row.split("\\|", -1));
                    String url = unescaped(columns.getFirst().stripTrailing());
                    assertThat(described(url))
                            .isEqualTo(columns.stream()
                                    .skip(1)
                                    .map(String::strip)
                                    .collect(Collectors.joining(" | "))
                                    .strip());
                }));
    }

    @Test
    void refusesUrlsThatAreTooLong() {
        assertThat(parser.parse("https://evil.top/" + "a".repeat(UrlParser.MAX_LENGTH)))
                .isInstanceOf(UrlParseResult.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "WWW.Example.COM.,www.example.com",
                "example.com,example.com",
                "_dmarc.example.com,_dmarc.example.com",
                "bücher.de,xn--bcher-kva.de",
                "::ffff:10.1.2.3,10.1.2.3",
                "[2001:DB8::1],2001:db8::1",
                "localhost,localhost",
                "a..b,null",
                "'a b',null",
                "<script>,null",
                "1.2.3.999,null"
            })
    void bringsHostsIntoOneForm(String given, String expected) {
        assertThat(UrlParser.canonicalHost(given)).isEqualTo(expected);
    }

    @Test
    void neverThrowsWhateverItIsGiven() {
        var random = new Random(SEED);
        String alphabet = "ahtp:/\\.@#?%0x1-_[]{}| \t\n\u202e\u3002\u200bé漢|*!;=&zZ9\0";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "http://" : "");
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (parser.parse(text.toString()) instanceof ParsedUrl url) {
                assertThat(url.host())
                        .as("seed %d, input %s", SEED, text)
                        .isNotEmpty()
                        .doesNotEndWith(".")
                        .isEqualTo(UrlParser.canonicalHost(url.host()));
                assertThat(tenants.ofUrl(url).key())
                        .as("seed %d, input %s", SEED, text)
                        .isNotEmpty();
            }
        }
    }

    private String described(String url) {
        return switch (parser.parse(url)) {
            case UrlParseResult.OtherScheme other -> "OTHER " + other.scheme();
            case UrlParseResult.Unreadable unreadable -> "UNREADABLE";
            case ParsedUrl parsed -> {
                Tenant tenant = parsed.address() ? null : tenants.ofUrl(parsed);
                yield (parsed.host() + " | " + (tenant == null ? parsed.host() : tenant.key()) + " | "
                                + (tenant == null ? "ADDRESS" : tenant.kind()) + " | "
                                + parsed.signs().stream()
                                        .sorted()
                                        .map(Enum::name)
                                        .collect(Collectors.joining(" ")))
                        .strip();
            }
        };
    }

    private static List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(UrlParserTest.class.getResourceAsStream("/io/clicktrail/enricher/urls.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    rows.add(line);
                }
            }
        }
        assertThat(new TreeSet<>(rows)).hasSameSizeAs(rows);
        return rows;
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && next == 'u') {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (c == '\\' && "trn".indexOf(next) >= 0) {
                plain.append("\t\r\n".charAt("trn".indexOf(next)));
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
