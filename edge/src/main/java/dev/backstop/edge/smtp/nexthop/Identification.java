package dev.backstop.edge.smtp.nexthop;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands by which Postfix and others let a proxy say who its client is: XCLIENT makes the
 * server take it for the peer, XFORWARD only for the log and its filters. Described in Postfix's
 * XCLIENT_README and XFORWARD_README.
 */
final class Identification {
  private static final String UNAVAILABLE = "[UNAVAILABLE]";

  /** With CRLF, as for every command. */
  private static final int MAX_COMMAND = 512;

  /** XFORWARD_README: longer values are not taken. */
  private static final int MAX_VALUE = 255;

  private Identification() {}

  static List<String> xclient(ClientIdentity client, Set<String> offered) {
    Map<String, String> attributes = common(client);
    if (client.local() != null) {
      attributes.put("DESTADDR", address(client.local().getAddress()));
      attributes.put("DESTPORT", Integer.toString(client.local().getPort()));
    }
    return commands("XCLIENT", attributes, offered);
  }

  static List<String> xforward(ClientIdentity client, Set<String> offered) {
    Map<String, String> attributes = common(client);
    InetAddress address = client.address();
    boolean local = address == null || address.isLoopbackAddress();
    attributes.put("SOURCE", local ? "LOCAL" : "REMOTE");
    return commands("XFORWARD", attributes, offered);
  }

  private static Map<String, String> common(ClientIdentity client) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("NAME", value(client.name()));
    attributes.put("ADDR", address(client.address()));
    attributes.put("PORT", client.port() == 0 ? UNAVAILABLE : Integer.toString(client.port()));
    attributes.put("PROTO", client.esmtp() ? "ESMTP" : "SMTP");
    attributes.put("HELO", value(client.helo()));
    return attributes;
  }

  private static List<String> commands(
      String verb, Map<String, String> attributes, Set<String> offered) {
    List<String> commands = new ArrayList<>();
    var command = new StringBuilder();
    attributes.forEach((name, value) -> {
      if (offered.contains(name)) {
        int length = name.length() + value.length() + 2;
        if (command.length() + length > MAX_COMMAND - 2) {
          commands.add(command.toString());
          command.setLength(0);
        }
        command.append(command.isEmpty() ? verb : "").append(' ');
        command.append(name).append('=').append(value);
      }
    });
    if (!command.isEmpty()) {
      commands.add(command.toString());
    }
    return commands;
  }

  private static String address(@Nullable InetAddress address) {
    if (address == null) {
      return UNAVAILABLE;
    }
    String text = IpLiteral.render(address);
    return text.indexOf(':') < 0 ? text : "IPV6:" + text;
  }

  private static String value(@Nullable String text) {
    String value = text == null || text.isEmpty() ? UNAVAILABLE : xtext(text);
    return value.length() > MAX_VALUE ? UNAVAILABLE : value;
  }

  /** RFC 3461 §4: whatever a client calls itself, it stays one value of one command. */
  private static String xtext(String text) {
    var coded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f && octet != '+' && octet != '=') {
        coded.append((char) octet);
      } else {
        coded.append(String.format("+%02X", octet));
      }
    }
    return coded.toString();
  }
}
