package dev.backstop.edge.milter;

import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.FieldText;
import dev.backstop.mail.address.Mailbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes edits as the packets that ask for them. */
final class EditWriter {
  private final PacketWriter out;
  private final Negotiation negotiation;
  private final MilterTransaction transaction;
  private int notOffered;

  EditWriter(PacketWriter out, Negotiation negotiation, MilterTransaction transaction) {
    this.out = out;
    this.negotiation = negotiation;
    this.transaction = transaction;
  }

  /**
   * Writes all that the mail server offered to do.
   *
   * @return how many it did not offer
   * @throws IllegalArgumentException for an edit that would break the message
   */
  int write(List<Edit> edits) {
    for (Edit edit : inOrder(edits)) {
      switch (edit) {
        case Edit.ChangeSender change -> changeSender(change);
        case Edit.ReplaceRecipient replace -> replace(replace);
        case Edit.InsertHeader insert -> insert(insert);
        case Edit.RemoveHeader remove -> remove(remove);
        case Edit.Quarantine quarantine -> quarantine(quarantine);
      }
    }
    return notOffered;
  }

  /**
   * Removals first, the last occurrence of a name before earlier ones: mail servers differ in
   * whether a removed field still counts, and occurrences are meant as before any edit.
   */
  private static List<Edit> inOrder(List<Edit> edits) {
    if (edits.size() < 2) {
      return edits;
    }
    var ordered = new ArrayList<>(edits);
    ordered.sort(
        Comparator.comparingInt(
            edit -> edit instanceof Edit.RemoveHeader remove ? -remove.occurrence() : 1));
    return ordered;
  }

  private void changeSender(Edit.ChangeSender change) {
    if (offered(Negotiation.CHANGE_SENDER)) {
      out.begin('e').string(path(change.sender())).end();
    }
  }

  private void replace(Edit.ReplaceRecipient replace) {
    if (!offered(Negotiation.ADD_RECIPIENT | Negotiation.DELETE_RECIPIENT)) {
      return;
    }
    for (MilterTransaction.Recipient recipient : transaction.recipients()) {
      if (recipient.mailbox().equals(replace.given())) {
        out.begin('-').string(recipient.given()).end();
      }
    }
    out.begin('+').string(path(replace.instead())).end();
  }

  private static String path(Mailbox mailbox) {
    String path = mailbox.toPath();
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("address with a control character");
    }
    return path;
  }

  private void insert(Edit.InsertHeader insert) {
    String name = FieldText.checkName(insert.name());
    boolean leadingSpace = negotiation.has(Negotiation.LEADING_SPACE);
    String value = HeaderBytes.toProtocol(insert.value(), leadingSpace);
    if (offered(Negotiation.ADD_HEADER)) {
      out.begin('i').int32(0).string(name).string(value).end();
    }
  }

  private void remove(Edit.RemoveHeader remove) {
    String name = FieldText.checkName(remove.name());
    if (offered(Negotiation.CHANGE_HEADER)) {
      out.begin('m').int32(remove.occurrence()).string(name).string("").end();
    }
  }

  private void quarantine(Edit.Quarantine quarantine) {
    if (quarantine.reason().chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException("reason with a character that is not printable ASCII");
    }
    if (offered(Negotiation.QUARANTINE)) {
      out.begin('q').string(quarantine.reason()).end();
    }
  }

  private boolean offered(int action) {
    if (!negotiation.may(action)) {
      notOffered++;
      return false;
    }
    return true;
  }
}
