package dev.weft.passes.network;

/**
 * Devices that communicate with one another. Devices are numbered such that a domain of each level
 * is a run of consecutive numbers. All other groups of the same shape in the cluster are active at
 * the same time, and share the links.
 *
 * @param size how many members
 * @param stride the difference between the numbers of two neighbouring members
 * @param devices of the cluster, or of the part of it that the program uses
 */
public record Group(int size, int stride, int devices) {
  public Group {
    if (size < 1 || stride < 1 || devices < 1) {
      throw new IllegalArgumentException(size + " members, " + stride + " apart, of " + devices);
    }
  }

  /**
   * How many members lie in a domain of so many devices. A group that fits yet does not divide the
   * domain lies across two of them somewhere, and that one is the slowest.
   */
  int within(int domain) {
    if (stride >= domain) return 1;
    long span = (long) size * stride;
    if (span <= domain) {
      boolean aligned = domain % span == 0 || devices <= domain;
      return aligned ? size : (size + 1) / 2;
    }
    return domain / stride;
  }
}
