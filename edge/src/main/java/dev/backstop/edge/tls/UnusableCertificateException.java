package dev.backstop.edge.tls;

/**
 * Certificate or key cannot be used. The message names the file, why, and mostly what to do; it
 * holds no secret.
 */
public final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableCertificateException(String message) {
    super(message);
  }

  UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
