package io.clicktrail.normalizer.fields;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelimitedRowTest {

    private final FieldNames names = new FieldNames();
    private final int first = names.slot("first");
    private final int third = names.slot("third");
    private final int[] columns = names.columns("first", "-", "third");

    @Test
    void takesTheCellsOfTheColumnsThatAreWanted() {
        TextFields row = read(DelimitedRow.COMMA, "a,b,c,d");

        assertThat(row.get(first)).isEqualTo("a");
        assertThat(row.get(third)).isEqualTo("c");
    }

    @Test
    void keepsSeparatorsLineBreaksAndDoubledQuotesInsideQuotes() {
        TextFields row = read(DelimitedRow.COMMA, "\"a,\"\"b\"\"\n\",x,\"c\"");

        assertThat(row.get(first)).isEqualTo("a,\"b\"\n");
        assertThat(row.get(third)).isEqualTo("c");
    }

    @Test
    void endsAQuoteThatIsNeverClosedWithTheRow() {
        TextFields row = read(DelimitedRow.COMMA, "\"a,b,c");

        assertThat(row.get(first)).isEqualTo("a,b,c");
        assertThat(row.has(third)).isFalse();
    }

    @Test
    void takesARunOfBlanksForOneSeparator() {
        assertThat(read(DelimitedRow.BLANK, "  a   \"b c\"  d ").get(third)).isEqualTo("d");
    }

    @Test
    void countsTheCells() {
        TextFields row = new TextFields(names, 100);

        assertThat(DelimitedRow.COMMA.read("a,,", 0, columns, row)).isEqualTo(3);
        assertThat(DelimitedRow.BLANK.read("a  b ", 0, columns, row)).isEqualTo(2);
        assertThat(DelimitedRow.COMMA.read(",".repeat(100_000), 0, columns, row))
                .isEqualTo(1024);
    }

    @Test
    void readsOneCellByItsPlace() {
        assertThat(DelimitedRow.COMMA.cell("a,\"b,c\",d", 1)).isEqualTo("b,c");
        assertThat(DelimitedRow.COMMA.cell("a,\"b,c\",d", 2)).isEqualTo("d");
        assertThat(DelimitedRow.COMMA.cell("a,\"b,c\",d", 3)).isNull();
        assertThat(DelimitedRow.COMMA.cell("a,\"b", 1)).isEqualTo("b");
    }

    @Test
    void treatsPlaceholdersAsAbsentAndCutsLongValues() {
        TextFields row = new TextFields(names, 4);
        DelimitedRow.COMMA.read("-,x,abcd😀", 0, columns, row);

        assertThat(row.has(first)).isFalse();
        assertThat(row.get(third)).isEqualTo("abcd");
        assertThat(row.truncated()).isTrue();
    }

    private TextFields read(DelimitedRow cells, String row) {
        TextFields values = new TextFields(names, 100);
        cells.read(row, 0, columns, values);
        return values;
    }
}
