package io.clicktrail.normalizer.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.raw.InputLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private final JsonPaths paths = new JsonPaths();
    private final int wanted = paths.field("winlog.event_data.ParentProcessId");
    private final int shorter = paths.field("winlog.id");
    private final JsonReader reader = new JsonReader(paths, InputLimits.DEFAULT);
    private final JsonFields fields = reader.newFields();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'winlog':{'event_data':{'ParentProcessId':'17'},'id':4}}",
                "{'winlog.event_data':{'ParentProcessId':'17'},'winlog':{'id':4}}",
                "{'winlog':{'event_data.ParentProcessId':17,'id':'4'}}",
                "{'winlog.event_data.ParentProcessId':'17','winlog.id':'\\u0034'}",
                "{'winlog.event_dota.ParentProcessId':'no','winlog.i':'no',"
                        + "'winlog.event_data.ParentProcessId':'17','winlog.id':4}"
            })
    void findsAPathInNestedAndInDottedNames(String document) {
        read(document);

        assertThat(fields.get(wanted)).isEqualTo("17");
        assertThat(fields.get(shorter)).isEqualTo("4");
    }

    @Test
    void undoesEscapesWhateverTheyStandFor() {
        read("{'winlog':{'id':'C:\\\\Users\\\\\\u0061da\\t\\u00e4 \\ud83d\\ude00 \\udc00 ü'}}");

        assertThat(fields.get(shorter)).isEqualTo("C:\\Users\\ada\tä \ud83d\ude00 \udc00 ü");
        assertThat(fields.all(shorter)).containsExactly("C:\\Users\\ada\tä \ud83d\ude00 \udc00 ü");
    }

    @Test
    void holdsTheLastValueOfANameAndNothingOfTheDocumentBefore() {
        read("{'winlog':{'id':'first','id':['a','b'],'id':'last'},'winlog.event_data':{'ParentProcessId':1}}");
        assertThat(fields.get(shorter)).isEqualTo("last");
        assertThat(fields.all(shorter)).containsExactly("last");
        assertThat(fields.has(wanted)).isTrue();

        read("{'winlog':{'id':'once','id':{}}}");
        assertThat(fields.get(shorter)).isNull();
        assertThat(fields.isObject(shorter)).isTrue();
        assertThat(fields.has(wanted)).isFalse();
    }

    private void read(String document) {
        byte[] bytes = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        reader.read(reader.open(bytes, 0, bytes.length), bytes, fields);
    }
}
