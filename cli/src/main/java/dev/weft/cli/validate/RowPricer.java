package dev.weft.cli.validate;

import dev.weft.ir.source.Checked;

/** What predicts the price of a run. */
@FunctionalInterface
public interface RowPricer {
  /** The prediction, or why the compiler refuses the model with this plan. */
  Checked<Predicted> price(RowCase.Setting setting);
}
