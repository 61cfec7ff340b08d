package io.clicktrail.normalizer.fields;

/**
 * What a header line says of the rows after it in the same value, or of all rows of a topic.
 *
 * @param format the name of the format whose header it is
 * @param log the name of the log that the rows belong to
 * @param cells how the rows are written
 * @param columns the slot of each cell, {@link FieldNames#NONE} for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record ColumnHeader(String format, String log, DelimitedRow cells, int[] columns) {}
