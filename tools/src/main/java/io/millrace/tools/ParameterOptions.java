package io.millrace.tools;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Values of a strategy's parameters. */
final class ParameterOptions {
  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Value of a parameter that the strategy declares, such as fast=12; repeatable")
  private List<String> given = new ArrayList<>();

  /** As given, {@code NAME=VALUE}. */
  List<String> given() {
    return given;
  }
}
