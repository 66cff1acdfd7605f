package dev.devca.truststore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads Apple's property lists in their XML form: dictionaries as maps, arrays as lists, data as
 * bytes, truth as a Boolean, and all else as text.
 */
final class PropertyList {
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
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      // What stands before it is of no concern.
      while (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
        xml.next();
      }
      xml.require(XMLStreamConstants.START_ELEMENT, null, "plist");
      xml.nextTag();
      xml.require(XMLStreamConstants.START_ELEMENT, null, "dict");
      return new PropertyList(xml).dictionary();
    } catch (XMLStreamException | IllegalArgumentException | NoSuchElementException e) {
      throw new IOException("it is no property list: " + OneLine.escape("" + e.getMessage()), e);
    }
  }

  private Map<String, Object> dictionary() throws XMLStreamException {
    Map<String, Object> entries = new LinkedHashMap<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      xml.require(XMLStreamConstants.START_ELEMENT, null, "key");
      String key = xml.getElementText();
      xml.nextTag();
      entries.put(key, value());
    }
    return entries;
  }

  private List<Object> array() throws XMLStreamException {
    List<Object> elements = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      elements.add(value());
    }
    return elements;
  }

  private Object value() throws XMLStreamException {
    String type = xml.getLocalName();
    return switch (type) {
      case "dict" -> dictionary();
      case "array" -> array();
      case "data" -> Base64.getMimeDecoder().decode(xml.getElementText());
      case "true", "false" -> {
        xml.nextTag();
        yield type.equals("true");
      }
      default -> xml.getElementText();
    };
  }
}
