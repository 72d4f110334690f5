package dev.weft.ir.op;

/** Whether a normalization subtracts the mean first. */
public enum Centering {
  /** Layer normalization (Ba et al. 2016). */
  MEAN,
  /** Root-mean-square normalization (Zhang and Sennrich 2019). */
  NONE
}
