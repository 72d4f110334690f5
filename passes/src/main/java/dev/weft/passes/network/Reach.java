package dev.weft.passes.network;

/**
 * How a group lies on one level.
 *
 * @param lanes members in each domain of the level below: as many ports does the group use
 * @param domains how many of the inner domains of one domain the group has members in
 * @param spanned how many inner domains it has members in altogether
 * @param hops of a ring through all members that go over this level and over no further one
 */
record Reach(int lanes, int domains, int spanned, int hops) {
  static Reach of(Group group, Level level) {
    int lanes = group.within(level.inner());
    int inside = group.within(level.domain());
    int spanned = ratio(group.size(), lanes);
    int outside = ratio(group.size(), inside);
    int hops = spanned - (outside > 1 ? outside : 0);
    return new Reach(lanes, ratio(inside, lanes), spanned, hops);
  }

  /** Whether the group communicates over this level. */
  boolean isUsed() {
    return domains > 1;
  }

  private static int ratio(int all, int part) {
    return (all + part - 1) / part;
  }
}
