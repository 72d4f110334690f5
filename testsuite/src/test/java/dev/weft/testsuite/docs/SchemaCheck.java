package dev.weft.testsuite.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks a document against a JSON schema, as far as the schemas here go. */
final class SchemaCheck {
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "$ref",
          "$defs",
          "title",
          "description",
          "type",
          "enum",
          "const",
          "anyOf",
          "required",
          "properties",
          "additionalProperties",
          "items");

  private final JsonNode root;

  SchemaCheck(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with a value, by its path; nothing where it is valid. */
  List<String> problems(String definition, JsonNode value) {
    var problems = new ArrayList<String>();
    check(root.at("/$defs/" + definition), value, "", problems);
    return problems;
  }

  private void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
    schema.fieldNames().forEachRemaining(SchemaCheck::requireKnown);
    if (schema.has("$ref")) {
      check(root.at(schema.get("$ref").asText().substring(1)), value, path, problems);
    }
    if (schema.has("type") && !hasType(schema.get("type"), value)) {
      problems.add(path + " is not of " + schema.get("type"));
    }
    if (schema.has("const") && !schema.get("const").equals(value)) {
      problems.add(path + " is not " + schema.get("const"));
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      problems.add(path + " is none of " + schema.get("enum"));
    }
    if (schema.has("anyOf")) {
      checkAny(schema.get("anyOf"), value, path, problems);
    }
    if (value.isObject()) {
      checkObject(schema, value, path, problems);
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), path + "/" + i, problems);
      }
    }
  }

  private static void requireKnown(String keyword) {
    if (!KEYWORDS.contains(keyword)) {
      throw new IllegalStateException("the check does not know " + keyword);
    }
  }

  private void checkAny(JsonNode choices, JsonNode value, String path, List<String> problems) {
    for (var choice : choices) {
      var inside = new ArrayList<String>();
      check(choice, value, path, inside);
      if (inside.isEmpty()) {
        return;
      }
    }
    problems.add(path + " is none of the choices");
  }

  private void checkObject(JsonNode schema, JsonNode value, String path, List<String> problems) {
    for (var key : schema.path("required")) {
      if (!value.has(key.asText())) {
        problems.add(path + " lacks " + key.asText());
      }
    }
    var properties = schema.path("properties");
    for (var member : value.properties()) {
      var inside = path + "/" + member.getKey();
      if (properties.has(member.getKey())) {
        check(properties.get(member.getKey()), member.getValue(), inside, problems);
      } else if (schema.path("additionalProperties").isObject()) {
        check(schema.get("additionalProperties"), member.getValue(), inside, problems);
      } else if (schema.has("additionalProperties")) {
        problems.add(inside + " is unknown");
      }
    }
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (var one : type) {
        if (hasType(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new IllegalStateException("the check does not know the type " + type);
    };
  }

  private static boolean contains(JsonNode choices, JsonNode value) {
    for (var choice : choices) {
      if (choice.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
