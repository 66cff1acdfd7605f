package dev.devca.truststore;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads Apple's property lists in their XML form: dictionaries as maps, arrays as lists, data as
 * bytes, truth as a Boolean, and all else as text.
 */
final class PropertyList {
  // Deeper than any, and not so deep that the stack would end.
  private static final int DEPTH = 100;

  private final XMLStreamReader xml;

  private PropertyList(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** The dictionary that a list consists of. */
  static Map<String, Object> parse(byte[] bytes) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // Or Apple's document type would be looked up on the network.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      // Of bytes that are no UTF-8 the JDK's reader would complain on the terminal.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      // What stands before it is of no concern.
      while (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
        xml.next();
      }
      xml.require(XMLStreamConstants.START_ELEMENT, null, "plist");
      xml.nextTag();
      xml.require(XMLStreamConstants.START_ELEMENT, null, "dict");
      return new PropertyList(xml).dictionary(0);
    } catch (XMLStreamException | CharacterCodingException | RuntimeException e) {
      // The JDK's reader throws what it likes at text that it does not like.
      throw new IOException("it is no property list: " + OneLine.escape("" + e.getMessage()), e);
    }
  }

  private Map<String, Object> dictionary(int depth) throws XMLStreamException {
    Map<String, Object> entries = new LinkedHashMap<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      xml.require(XMLStreamConstants.START_ELEMENT, null, "key");
      String key = xml.getElementText();
      xml.nextTag();
      entries.put(key, value(depth));
    }
    return entries;
  }

  private List<Object> array(int depth) throws XMLStreamException {
    List<Object> elements = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      elements.add(value(depth));
    }
    return elements;
  }

  private Object value(int depth) throws XMLStreamException {
    if (depth > DEPTH) {
      throw new XMLStreamException("it is too deep");
    }
    String type = xml.getLocalName();
    return switch (type) {
      case "dict" -> dictionary(depth + 1);
      case "array" -> array(depth + 1);
      case "data" -> Base64.getMimeDecoder().decode(xml.getElementText());
      case "true", "false" -> {
        xml.nextTag();
        yield type.equals("true");
      }
      default -> xml.getElementText();
    };
  }
}
