package dev.weft.testsuite.bad;

/**
 * A diagnostic, as far as the table of cases says it.
 *
 * @param code such as {@code W0103}
 * @param place {@code file:line}; empty for one without a place
 */
record Finding(String code, String place) {
  static Finding parse(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new Finding(text, "")
        : new Finding(text.substring(0, space), text.substring(space + 1).strip());
  }

  boolean isPlaced() {
    return !place.isEmpty();
  }

  String file() {
    return place.substring(0, place.lastIndexOf(':'));
  }

  int line() {
    return Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
  }

  @Override
  public String toString() {
    return (code + " " + place).strip();
  }
}
