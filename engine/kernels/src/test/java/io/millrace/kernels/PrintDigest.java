package io.millrace.kernels;

import java.util.Locale;

/** Prints the digest over so many rows and the path that was chosen. */
final class PrintDigest {
  private PrintDigest() {}

  public static void main(String[] args) {
    Kernels kernels = Kernels.select();
    System.out.println(
        String.format(
            Locale.ROOT,
            "digest %016x %s",
            KernelDigest.of(kernels, Integer.parseInt(args[0])),
            kernels.description()));
  }
}
