package dev.weft.ir.schedule;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The actions of one device, in order. A list like others, but a hundred thousand actions take no
 * more than as many numbers, and a loop that asks for their parts makes no objects.
 */
public final class Row extends AbstractList<Action> implements RandomAccess {
  private static final Phase[] PHASES = Phase.values();
  private static final int STAGE_AT = 34;
  private static final int PHASE_AT = 32;
  private static final int PHASE_MASK = 3;

  /** For each action its stage, its phase and, in the lower half, its micro-batch. */
  private final long[] codes;

  private Row(long[] codes) {
    this.codes = codes;
  }

  /** The same actions; a row itself. */
  public static Row of(List<Action> actions) {
    if (actions instanceof Row row) {
      return row;
    }
    var builder = new Builder();
    actions.forEach(a -> builder.add(a.stage(), a.phase(), a.micro()));
    return builder.build();
  }

  @Override
  public int size() {
    return codes.length;
  }

  @Override
  public Action get(int index) {
    return new Action(stage(index), phase(index), micro(index));
  }

  public int stage(int index) {
    return (int) (codes[index] >>> STAGE_AT);
  }

  public Phase phase(int index) {
    return PHASES[(int) (codes[index] >>> PHASE_AT) & PHASE_MASK];
  }

  public int micro(int index) {
    return (int) codes[index];
  }

  /** Puts a row together. */
  public static final class Builder {
    private static final int USUAL_SIZE = 64;

    private long[] codes = new long[USUAL_SIZE];
    private int size;

    /** Appends an action; what an {@link Action} refuses is refused here. */
    public void add(int stage, Phase phase, int micro) {
      if (stage < 0 || stage >= 1 << (Long.SIZE - STAGE_AT - 1) || micro < 0) {
        throw new IllegalArgumentException("stage " + stage + ", micro-batch " + micro);
      }
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, 2 * size);
      }
      codes[size++] = (long) stage << STAGE_AT | (long) phase.ordinal() << PHASE_AT | micro;
    }

    public Row build() {
      return new Row(Arrays.copyOf(codes, size));
    }
  }
}
