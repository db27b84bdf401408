package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.util.List;
import org.apache.spark.sql.Row;

/** Labelled texts of rows with two columns, the text and the label. */
final class TextColumns implements RowReader<LabeledText> {
  private static final long serialVersionUID = 1;

  @Override
  public LabeledText read(Row row) {
    String label = row.getString(1);
    return row.isNullAt(0) || label == null || label.isBlank()
        ? null
        : new LabeledText(row.getString(0), label);
  }

  @Override
  public List<String> parts(LabeledText row) {
    return List.of(row.label(), row.text());
  }

  @Override
  public String stratum(LabeledText row) {
    return row.label();
  }
}
