package dev.weft.cli.fit;

import dev.weft.passes.cluster.SoftwareSpec;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Values for all of {@link StackConstant#ALL}. */
public final class StackConstants {
  private static final List<StackConstant> ALL = StackConstant.ALL;
  private static final RecordComponent[] COMPONENTS = StackConstant.components();

  /** Where a search for those of a family begins: a plain program on a quick host. */
  public static final StackConstants USUAL =
      new StackConstants(0.9, 2, 3, 1.2, 3e-5, 3e-5, 2e-4, 1e-4, 0.03);

  /** For each component of a stack its place among the constants; -1 where it is none. */
  private static final int[] PLACES =
      Arrays.stream(COMPONENTS).mapToInt(c -> place(c.getName())).toArray();

  private final double[] values;

  /** In the order of {@link StackConstant#ALL}. */
  public StackConstants(double... values) {
    if (values.length != ALL.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + ALL.size() + " constants");
    }
    this.values = values.clone();
  }

  /** The value of one of them. */
  public double get(StackConstant constant) {
    return values[ALL.indexOf(constant)];
  }

  double[] values() {
    return values.clone();
  }

  /** A stack with these constants; the rest of it stays. */
  public SoftwareSpec applied(SoftwareSpec stack) {
    var types = Arrays.stream(COMPONENTS).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var parts = new Object[COMPONENTS.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] =
            PLACES[i] < 0 ? COMPONENTS[i].getAccessor().invoke(stack) : (Object) values[PLACES[i]];
      }
      return SoftwareSpec.class.getConstructor(types).newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a stack is a public record", e);
    }
  }

  private static int place(String name) {
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
