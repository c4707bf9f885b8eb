package io.millrace.runtime.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.journal.AtomicFile;
import io.millrace.journal.ExpectedEnd;
import io.millrace.journal.RunDirectory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code manifest.json}: what a run is made of and, once it has ended cleanly, where it ends.
 *
 * @param schemaVersion version of this file
 * @param runId name of the run
 * @param createdTs start of the process, Unix seconds
 * @param mode backtest, paper or live
 * @param topology inline, fused, split or staged
 * @param buildVersion version of the program
 * @param messageSchemaVersion version of the SBE schema
 * @param configDigest hash of the resolved config, 16 hexadecimal digits
 * @param config the resolved config, whole: replay needs no other file
 * @param strategy that traded, or null for the built-in agents
 * @param data what was fed
 * @param previous the run whose state this one goes on from, or null
 * @param end where it ended, or null while it runs and after a crash
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Manifest(
    int schemaVersion,
    String runId,
    double createdTs,
    String mode,
    String topology,
    String buildVersion,
    int messageSchemaVersion,
    String configDigest,
    JsonNode config,
    StrategyFile strategy,
    Data data,
    Previous previous,
    End end) {
  /** Version of this file. */
  public static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The strategy that traded; the run keeps a copy of its file.
   *
   * @param name of the bundle
   * @param file name of the copy in the folder {@code strategy}
   * @param hash SHA-256 of its content, hexadecimal
   */
  public record StrategyFile(String name, String file, String hash) {}

  /**
   * What was fed.
   *
   * @param description one line for people
   * @param files what was read, in order
   * @param speed event time per clock time, 0 = as fast as it goes
   */
  public record Data(String description, List<SourceFile> files, double speed) {
    /** Copies its list. */
    public Data {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /**
   * A file that was fed.
   *
   * @param path under the curated root, with forward slashes; of other files the name
   * @param sha256 of its bytes, 64 hexadecimal digits
   */
  public record SourceFile(String path, String sha256) {}

  /**
   * The run before.
   *
   * @param runId its name, a directory beside this run
   * @param inputs its verified inputs
   * @param endHash hash chain at their end, 16 hexadecimal digits
   */
  public record Previous(String runId, long inputs, String endHash) {}

  /**
   * How a run ended.
   *
   * @param status done or halted
   * @param reason why it halted, or null
   * @param inputs last input sequence
   * @param inputChain hash chain at its end
   * @param inputFileCrc CRC32C of the input queue's files, hexadecimal
   * @param outputs last sequence of the decision log
   * @param decisionChain hash chain at its end
   * @param decisionFileCrc CRC32C of the decisions queue's files, hexadecimal
   * @param digest over every output, 16 hexadecimal digits
   * @param elapsedS clock time, seconds
   */
  public record End(
      String status,
      String reason,
      long inputs,
      String inputChain,
      String inputFileCrc,
      long outputs,
      String decisionChain,
      String decisionFileCrc,
      String digest,
      double elapsedS) {
    /** What the input journal must end with. */
    public ExpectedEnd inputEnd() {
      return expected(inputs, inputChain, inputFileCrc);
    }

    /** What the decision log must end with. */
    public ExpectedEnd decisionEnd() {
      return expected(outputs, decisionChain, decisionFileCrc);
    }

    private static ExpectedEnd expected(
        final long sequence, final String chain, final String fileCrc) {
      return new ExpectedEnd(
          sequence,
          Long.parseUnsignedLong(chain, 16),
          fileCrc == null ? ExpectedEnd.UNKNOWN_CRC : Long.parseLong(fileCrc, 16));
    }
  }

  /** The same run, ended. */
  public Manifest ended(final End how) {
    return new Manifest(
        schemaVersion,
        runId,
        createdTs,
        mode,
        topology,
        buildVersion,
        messageSchemaVersion,
        configDigest,
        config,
        strategy,
        data,
        previous,
        how);
  }

  /** Replaces the file of a run, atomically. */
  public void write(final RunDirectory run) {
    try {
      AtomicFile.write(run.manifest(), MAPPER.writeValueAsBytes(this));
    } catch (final IOException e) {
      throw new RunException(
          run.manifest()
              + " cannot be written ("
              + e.getMessage()
              + "); free the disk or permit it",
          e);
    }
  }

  /**
   * Reads the file of a run.
   *
   * @throws ManifestException if it is absent, cut off, changed, or of another version
   */
  public static Manifest read(final RunDirectory run) {
    final Path file = run.manifest();
    try {
      final JsonNode tree = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
      final String problem = ManifestCheck.problem(tree);
      if (problem != null) {
        throw unusable(file, problem, null);
      }
      return MAPPER.treeToValue(tree, Manifest.class);
    } catch (final UnrecognizedPropertyException e) {
      throw unusable(file, "has a field that nobody knows, " + e.getPropertyName(), e);
    } catch (final JsonProcessingException e) {
      throw unusable(
          file,
          "is not whole JSON"
              + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"),
          e);
    } catch (final NoSuchFileException e) {
      throw unusable(file, "is not there", e);
    } catch (final CharacterCodingException e) {
      throw unusable(file, "has bytes that are not UTF-8", e);
    } catch (final IOException e) {
      throw unusable(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * A run and those that it goes on from, the first one first: at its index lies each generation.
   */
  public static List<RunDirectory> chain(final RunDirectory last) {
    final List<RunDirectory> chain = new ArrayList<>();
    RunDirectory run = last;
    while (true) {
      chain.add(0, run);
      final Previous previous = read(run).previous();
      if (previous == null) {
        return chain;
      }
      run = RunDirectory.open(run.path().toAbsolutePath().resolveSibling(previous.runId()));
    }
  }

  private static ManifestException unusable(
      final Path file, final String problem, final Exception cause) {
    return new ManifestException(
        file + " " + problem + "; restore the run directory from a copy, or name another", cause);
  }
}
