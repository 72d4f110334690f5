package dev.weft.passes.optimizer;

/** A value of one micro-batch that goes from one stage to another. */
sealed interface Crossing {
  int micro();

  /**
   * What a stage computes for later ones.
   *
   * @param name of the activation
   */
  record Forward(String name, int micro) implements Crossing {}

  /**
   * What a stage gives back for it.
   *
   * @param from the stage that took the activation
   */
  record Back(String name, int from, int micro) implements Crossing {}
}
