package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A result that can be shown to people and to programs. */
public interface View {
  /** For people; ends with a line break unless it is empty. */
  String text();

  /** Puts the members of the JSON document into an object. */
  void json(ObjectNode document);

  /** Whether the command has done what it was asked for. */
  default boolean succeeded() {
    return true;
  }
}
