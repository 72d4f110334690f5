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
    int used = used(domain);
    long span = (long) size * stride;
    if (span <= used) {
      boolean isAligned = used % span == 0 || devices <= used;
      return isAligned ? size : (size + 1) / 2;
    }
    return Math.max(1, used / stride);
  }

  /**
   * How many devices of a domain are used: all, or as many as fill the last domain like the others
   * if that leaves less than an eighth idle, such as 64 of 72.
   */
  private int used(int domain) {
    if (devices <= domain || devices % domain == 0) return domain;
    for (int fewer = domain - 1; 8L * fewer > 7L * domain; fewer--) {
      if (devices % fewer == 0) return fewer;
    }
    return domain;
  }
}
