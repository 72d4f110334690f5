package dev.weft.cli.validate;

/**
 * The experts of each layer.
 *
 * @param count how many there are
 * @param chosen how many a token goes to
 * @param shared size between the maps of the network beside them; 0 where there is none
 */
public record Experts(long count, long chosen, long shared) {
  public Experts {
    if (count < chosen || chosen < 1 || shared < 0) {
      throw new IllegalArgumentException("a token goes to some of the experts");
    }
  }

  /**
   * Whether each can take equally many tokens of a sequence, and each device equally many of them.
   */
  boolean divide(long sequence, long devices) {
    return chosen * sequence % count == 0 && count % devices == 0;
  }
}
