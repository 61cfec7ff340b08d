package io.clicktrail.normalizer.fields;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValuePairsTest {

    private static final KeyValuePairs BLANKS = new KeyValuePairs(' ', '=');

    private final FieldNames names = new FieldNames();
    private final int user = names.slot("user");
    private final int url = names.slot("url", "c-url");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user=ada url=a.example|ada|a.example",
                "user=\"ada l\" url=\"a?b=\\\"c\\\"\"|ada l|a?b=\"c\"",
                "user=CORP\\ada url=x|CORP\\ada|x",
                "user=\"CORP\\\\ada\" url=x|CORP\\ada|x",
                "noise user=ada more noise url=x|ada|x",
                "USER=ada C-URL=x|ada|x",
                "user=ada user=eve url=x|ada|x",
                "user=\"never closed url=x|never closed url=x|",
            })
    void readsKeysAndValues(String text, String expectedUser, @Nullable String expectedUrl) {
        TextFields values = read(BLANKS, text);

        assertThat(values.get(user)).isEqualTo(expectedUser);
        assertThat(values.get(url)).isEqualTo(expectedUrl);
    }

    @Test
    void keepsBlanksWhereTheSeparatorIsAnother() {
        TextFields values = read(new KeyValuePairs('|', '='), "user= Ada Lovelace |url=a=b|");

        assertThat(values.get(user)).isEqualTo("Ada Lovelace");
        assertThat(values.get(url)).isEqualTo("a=b");
    }

    @Test
    void readsColonsAndSemicolons() {
        TextFields values = read(new KeyValuePairs(';', ':'), "user:\"ada; x\"; url:\"http://a.example/\"; ");

        assertThat(values.get(user)).isEqualTo("ada; x");
        assertThat(values.get(url)).isEqualTo("http://a.example/");
    }

    @Test
    void takesEmptyValuesForAbsent() {
        TextFields values = read(BLANKS, "user=\"\" url=");

        assertThat(values.has(user)).isFalse();
        assertThat(values.has(url)).isFalse();
    }

    @Test
    void findsEveryNameAmongMany() {
        FieldNames many = new FieldNames();
        for (int i = 0; i < 500; i++) {
            assertThat(many.slot("name" + i)).isEqualTo(i);
        }
        for (int i = 0; i < 500; i++) {
            assertThat(many.find("xNAME" + i, 1, ("xname" + i).length())).isEqualTo(i);
        }
        assertThat(many.find("name500", 0, 7)).isEqualTo(FieldNames.NONE);
    }

    private TextFields read(KeyValuePairs pairs, String text) {
        TextFields values = new TextFields(names, 100);
        pairs.read(text, 0, names, values);
        return values;
    }
}
