package dev.weft.ir.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Optional;

/** Reads strict JSON, keeping the place of every value. */
public final class JsonReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Source source;
  private final JsonCodes codes;
  private final JsonParser parser;

  private JsonReader(Source source, JsonCodes codes, JsonParser parser) {
    this.source = source;
    this.codes = codes;
    this.parser = parser;
  }

  /** The value that a text holds; what is no JSON is reported at its place. */
  public static Checked<Json> read(Source source, JsonCodes codes) {
    try (var parser = FACTORY.createParser(source.text())) {
      return new JsonReader(source, codes, parser).document();
    } catch (JsonProcessingException e) {
      return Checked.failed(broken(source, codes, e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private Checked<Json> document() throws IOException {
    if (parser.nextToken() == null) {
      return Checked.failed(
          Diagnostic.of(
              codes.syntax(),
              source.whole(),
              codes.document() + " is a JSON object; this is empty"));
    }
    var value = value();
    if (parser.nextToken() != null) {
      return Checked.failed(
          Diagnostic.of(codes.syntax(), here(), "nothing may follow the closing brace"));
    }
    return Checked.ok(value);
  }

  private Json value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members();
      case START_ARRAY -> items();
      case VALUE_STRING -> {
        var text = parser.getText();
        yield new Json.Text(here(), text);
      }
      default -> new Json.Literal(here());
    };
  }

  private Json members() throws IOException {
    var start = here();
    var members = new ArrayList<Json.Member>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var keySpan = here();
      parser.nextToken();
      members.add(new Json.Member(keySpan, key, value()));
    }
    return new Json.Members(start.to(here()), members);
  }

  private Json items() throws IOException {
    var start = here();
    var items = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Json.Items(start.to(here()), items);
  }

  /** The token just read; Jackson knows where a text ends once it has been decoded. */
  private Span here() throws IOException {
    parser.getText();
    int start = offset(source, parser.currentTokenLocation());
    int end = start + length(start);
    return new Span(source, start, Math.min(end, source.text().length()));
  }

  /** Length of the literal, text or bracket that begins at an offset. */
  private int length(int start) {
    var text = source.text();
    if (text.charAt(start) == '"') {
      return quotedLength(start);
    }
    int end = start;
    while (end < text.length() && isLiteralPart(text.charAt(end))) {
      end++;
    }
    return Math.max(1, end - start);
  }

  private int quotedLength(int start) {
    var text = source.text();
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1 - start;
  }

  private static boolean isLiteralPart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
  }

  private static Diagnostic broken(Source source, JsonCodes codes, JsonProcessingException e) {
    int at = Optional.ofNullable(e.getLocation()).map(l -> offset(source, l)).orElse(0);
    int end = Math.min(source.text().length(), at + 1);
    var message =
        e instanceof StreamConstraintsException
            ? codes.document() + " is not nested, or written, so deep or so long"
            : "this is not JSON: " + firstLine(e.getOriginalMessage());
    return Diagnostic.of(codes.syntax(), new Span(source, at, end), message);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("syntax error");
  }

  private static int offset(Source source, JsonLocation location) {
    long offset = Math.max(0, location.getCharOffset());
    return (int) Math.min(offset, source.text().length());
  }
}
