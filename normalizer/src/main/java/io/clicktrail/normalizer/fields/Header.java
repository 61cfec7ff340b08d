package io.clicktrail.normalizer.fields;

/**
 * What a header line says of the rows behind it in the same value.
 *
 * @param log the name of the log that the rows belong to
 * @param cells how the rows are written
 * @param columns the slot of each cell, {@link FieldNames#NONE} for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Header(String log, Cells cells, int[] columns) {}
