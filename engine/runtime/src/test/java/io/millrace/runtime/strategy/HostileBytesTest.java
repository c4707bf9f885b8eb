package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.strategy.StrategyBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Class files and jars that no compiler writes. */
final class HostileBytesTest {
  private static final String BUNDLE = Type.getDescriptor(StrategyBundle.class);
  private static final Handle INVOKE =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "java/lang/invoke/ConstantBootstraps",
          "invoke",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
              + "Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
          false);
  private static final Handle GET_PROPERTY =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "java/lang/System",
          "getProperty",
          "(Ljava/lang/String;)Ljava/lang/String;",
          false);
  private static final String GOOD =
      """
      import io.millrace.core.strategy.*;
      public final class S implements Strategy {
        static StrategyBundle bundle() {
          return StrategyBundle.named("s").universe("SPY").create(S::new);
        }
      }
      """;

  /** A class S with a bundle() whose code is as given. */
  private static byte[] classFile(final Consumer<MethodVisitor> code) {
    return classFile(Opcodes.V17, "S", code);
  }

  private static byte[] classFile(
      final int version, final String name, final Consumer<MethodVisitor> code) {
    final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(version, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    final MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_STATIC, "bundle", "()" + BUNDLE, null, null);
    method.visitCode();
    final Label line = new Label();
    method.visitLabel(line);
    method.visitLineNumber(7, line);
    code.accept(method);
    method.visitInsn(Opcodes.ACONST_NULL);
    method.visitInsn(Opcodes.ARETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void assertRefused(
      final String file, final byte[] content, final String... parts) {
    assertThatThrownBy(() -> StrategyLoader.load(file, content))
        .isInstanceOf(StrategyException.class)
        .message()
        .contains(parts);
  }

  private static void assertClassRefused(final byte[] content, final String... parts) {
    assertRefused("S.class", content, parts);
    final String name = new org.objectweb.asm.ClassReader(content).getClassName();
    assertRefused("s.jar", Compiled.jar(Map.of(name + ".class", content)), parts);
  }

  @Test
  void aDynamicConstantThatReadsAPropertyIsRefused() {
    assertClassRefused(
        classFile(
            code -> {
              code.visitLdcInsn(
                  new ConstantDynamic(
                      "x", "Ljava/lang/String;", INVOKE, GET_PROPERTY, "user.home"));
              code.visitInsn(Opcodes.POP);
            }),
        ":7: S.bundle has a dynamic constant by java.lang.invoke.ConstantBootstraps.invoke of"
            + " java.lang.System.getProperty");
  }

  @Test
  void aDynamicConstantWithinBootstrapArgumentsIsRefused() {
    final ConstantDynamic constant =
        new ConstantDynamic("x", "Ljava/lang/String;", INVOKE, GET_PROPERTY, "user.home");
    assertClassRefused(
        classFile(
            code -> {
              code.visitInvokeDynamicInsn(
                  "makeConcatWithConstants",
                  "()Ljava/lang/String;",
                  new Handle(
                      Opcodes.H_INVOKESTATIC,
                      "java/lang/invoke/StringConcatFactory",
                      "makeConcatWithConstants",
                      "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
                          + "Ljava/lang/invoke/MethodType;Ljava/lang/String;[Ljava/lang/Object;)"
                          + "Ljava/lang/invoke/CallSite;",
                      false),
                  "\2",
                  constant);
              code.visitInsn(Opcodes.POP);
            }),
        ":7: S.bundle has a dynamic constant by java.lang.invoke.ConstantBootstraps.invoke");
  }

  /** The sandbox writes the text of a record itself: what calls for one need not be one. */
  @Test
  void aTextOfARecordThatIsNoneIsRefused() {
    for (final Object[] told :
        new Object[][] {
          {Type.getObjectType("S"), "a;b", new Handle(Opcodes.H_GETFIELD, "S", "x", "I", false)},
          {Type.getObjectType("S"), new Handle(Opcodes.H_GETFIELD, "S", "x", "I", false)},
          {Type.getObjectType("S"), ""},
          {Type.getObjectType("S")},
          {}
        }) {
      assertThatThrownBy(
              () ->
                  StrategyLoader.load(
                      "S.class",
                      classFile(
                          code -> {
                            code.visitInsn(Opcodes.ACONST_NULL);
                            code.visitInvokeDynamicInsn(
                                "toString",
                                "(LS;)Ljava/lang/String;",
                                new Handle(
                                    Opcodes.H_INVOKESTATIC,
                                    "java/lang/runtime/ObjectMethods",
                                    "bootstrap",
                                    "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
                                        + "Ljava/lang/invoke/TypeDescriptor;Ljava/lang/Class;"
                                        + "Ljava/lang/String;[Ljava/lang/invoke/MethodHandle;)"
                                        + "Ljava/lang/Object;",
                                    false),
                                told);
                            code.visitInsn(Opcodes.POP);
                          })))
          .as("%s", (Object) told)
          .isInstanceOf(StrategyException.class);
    }
  }

  @Test
  void aBootstrapOfItsOwnIsRefused() {
    assertClassRefused(
        classFile(
            code ->
                code.visitInvokeDynamicInsn(
                    "run",
                    "()V",
                    new Handle(
                        Opcodes.H_INVOKESTATIC,
                        "S",
                        "link",
                        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
                            + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
                        false))),
        ":7: S.bundle is linked by S.link");
  }

  @Test
  void aHandleThatStandsOnlyAsABootstrapArgumentIsRefused() {
    assertClassRefused(
        classFile(
            code -> {
              code.visitInvokeDynamicInsn(
                  "get",
                  "()Ljava/util/function/Function;",
                  new Handle(
                      Opcodes.H_INVOKESTATIC,
                      "java/lang/invoke/LambdaMetafactory",
                      "metafactory",
                      "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
                          + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;"
                          + "Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)"
                          + "Ljava/lang/invoke/CallSite;",
                      false),
                  Type.getMethodType("(Ljava/lang/Object;)Ljava/lang/Object;"),
                  GET_PROPERTY,
                  Type.getMethodType("(Ljava/lang/String;)Ljava/lang/String;"));
              code.visitInsn(Opcodes.POP);
            }),
        ":7: S.bundle refers to java.lang.System.getProperty");
  }

  @Test
  void aMethodHandleOrMethodTypeAsConstantIsRefused() {
    assertClassRefused(
        classFile(
            code -> {
              code.visitLdcInsn(GET_PROPERTY);
              code.visitInsn(Opcodes.POP);
              code.visitLdcInsn(Type.getMethodType("()V"));
              code.visitInsn(Opcodes.POP);
            }),
        ":7: S.bundle has a method handle of java.lang.System.getProperty",
        ":7: S.bundle has a method type");
  }

  @Test
  void aCallByTheOwnTypeOrAnArrayIsResolvedToItsOwner() {
    assertClassRefused(
        classFile(
            code -> {
              for (final String owner : new String[] {"S", "[I", "[LS;", "[[S"}) {
                code.visitInsn(Opcodes.ACONST_NULL);
                code.visitTypeInsn(Opcodes.CHECKCAST, owner);
                code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, owner, "getClass", "()Ljava/lang/Class;", false);
                code.visitInsn(Opcodes.POP);
              }
            }),
        ":7: S.bundle calls java.lang.Object.getClass");
  }

  @Test
  void monitorsAreRefused() {
    assertClassRefused(
        classFile(
            code -> {
              code.visitLdcInsn("shared");
              code.visitInsn(Opcodes.MONITORENTER);
            }),
        ":7: S.bundle locks");
  }

  @Test
  void aFinalFieldIsSetWhereItIsMadeOnly() {
    final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "S", null, "java/lang/Object", null);
    writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "COUNT", "I", null, null).visitEnd();
    final MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "add", "()V", null, null);
    method.visitCode();
    method.visitInsn(Opcodes.ICONST_1);
    method.visitFieldInsn(Opcodes.PUTSTATIC, "S", "COUNT", "I");
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    assertClassRefused(writer.toByteArray(), "S.add sets S.COUNT");
  }

  @Test
  void aFieldThatLooksLikeTheCompilersIsNot() {
    final ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "S", null, "java/lang/Object", null);
    for (final String name : new String[] {"$VALUES", "$SwitchMap$x"}) {
      writer
          .visitField(
              Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
              name,
              "[I",
              null,
              null)
          .visitEnd();
    }
    writer.visitEnd();
    assertClassRefused(
        writer.toByteArray(), "static field $VALUES of int[]", "static field $SwitchMap$x");
  }

  @Test
  void classesOfOtherVersionsAreRefused() {
    assertClassRefused(classFile(Opcodes.V1_6, "S", code -> {}), "is of class version 50");
    assertClassRefused(classFile(Opcodes.V21, "S", code -> {}), "is of class version 65");
    assertClassRefused(
        classFile(Opcodes.V17 | Opcodes.V_PREVIEW, "S", code -> {}), "is of class version 61");
  }

  @Test
  void whatIsNoClassFileIsRefused() throws StrategyException {
    final byte[] whole = Compiled.classes(GOOD).get("S.class");
    StrategyLoader.load("S.class", whole);
    for (int length = 0; length < whole.length; length += 7) {
      assertRefused("S.class", java.util.Arrays.copyOf(whole, length), "S.class:");
    }
    assertRefused("S.class", "no class".getBytes(StandardCharsets.UTF_8), "not a sound class");
    assertRefused("S.txt", whole, "is neither .java, .class nor .jar");
    assertRefused("S.java", whole, "S.java:1: is not UTF-8 text");
  }

  /** A flipped bit may make another sound class, or none; it must not make the loader fail. */
  @Test
  void aDamagedClassFileLoadsOrIsRefused() {
    final byte[] whole = Compiled.classes(GOOD).get("S.class");
    for (int i = 0; i < whole.length * 8; i += 5) {
      final byte[] damaged = whole.clone();
      damaged[i / 8] ^= (byte) (1 << i % 8);
      try {
        StrategyLoader.load("S.class", damaged);
      } catch (final StrategyException e) {
        org.assertj.core.api.Assertions.assertThat(e.problems()).as("bit %d", i).isNotEmpty();
      }
    }
  }

  @Test
  void aHugeConstantPoolIsRefused() {
    final ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "S", null, "java/lang/Object", null);
    for (int i = 0; i < 65_000; i++) {
      writer.newUTF8("constant " + i);
    }
    writer.visitEnd();
    assertClassRefused(writer.toByteArray(), "constants, more than 16384");
  }

  @Test
  void aHugeSourceIsRefused() {
    final StringBuilder source = new StringBuilder(GOOD).append("class Big { String[] all = {");
    for (int i = 0; i < 70_000; i++) {
      source.append('"').append(i).append("\",\n");
    }
    assertRefused(
        "S.java",
        source.append("};}").toString().getBytes(StandardCharsets.UTF_8),
        "S.java:",
        "does not compile");
    assertRefused("S.java", new byte[StrategyLoader.MAX_FILE_BYTES + 1], "S.java: is larger than");
  }

  // Jars.

  private static Map<String, byte[]> jar() {
    final Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("S.class", Compiled.classes(GOOD).get("S.class"));
    return entries;
  }

  private static void assertJarRefused(
      final String entry, final byte[] content, final String... parts) {
    final Map<String, byte[]> entries = jar();
    entries.put(entry, content);
    assertRefused("s.jar", Compiled.jar(entries), parts);
  }

  @Test
  void aPlainJarLoads() throws StrategyException {
    final Map<String, byte[]> entries = jar();
    entries.put(
        "META-INF/MANIFEST.MF",
        "Manifest-Version: 1.0\r\nCreated-By: 17\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    org.assertj.core.api.Assertions.assertThat(
            StrategyLoader.load("s.jar", Compiled.jar(entries)).bundle().name())
        .isEqualTo("s");
  }

  @Test
  void servicesAndOtherVersionsOfAJarAreRefused() {
    assertJarRefused(
        "META-INF/services/java.lang.Runnable", new byte[] {'S'}, "s.jar!", "offers a service");
    assertJarRefused(
        "META-INF/versions/17/S.class", jar().get("S.class"), "is a class of another version");
  }

  @Test
  void aManifestThatSaysMoreIsRefused() {
    for (final String line :
        new String[] {
          "Class-Path: other.jar",
          "Multi-Release: true",
          "Launcher-Agent-Class: S",
          "Add-Opens: java.base/java.lang",
          "Enable-Native-Access: ALL-UNNAMED"
        }) {
      assertJarRefused(
          "META-INF/MANIFEST.MF",
          ("Manifest-Version: 1.0\r\n" + line + "\r\n\r\n").getBytes(StandardCharsets.UTF_8),
          "MANIFEST.MF: says " + line.substring(0, line.indexOf(':')));
    }
  }

  @Test
  void aPathThatDiffersFromTheClassIsRefused() {
    assertJarRefused("java/lang/T.class", jar().get("S.class"), "holds the class S");
    assertJarRefused("./S.class", jar().get("S.class"), "holds the class S");
    assertJarRefused("module-info.class", jar().get("S.class"), "holds the class S");
    assertJarRefused("a/S.class", classFile(Opcodes.V17, "java/lang/S", code -> {}), "a/S.class");
    assertJarRefused(
        "java/lang/S.class",
        classFile(Opcodes.V17, "java/lang/S", code -> {}),
        "java.lang.S is in a package of the host");
  }

  @Test
  void twoClassesThatWouldBeOneAreRefused() {
    assertJarRefused(
        "strategies/S.class", classFile(Opcodes.V17, "strategies/S", code -> {}), "a second class");
  }

  @Test
  void anEntryThatStandsTwiceIsRefused() throws IOException {
    // The writer of the JDK refuses doubles: write another name of the same length, then rename.
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (final String name : new String[] {"S.class", "X.class"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(jar().get("S.class"));
        zip.closeEntry();
      }
    }
    final String text = bytes.toString(StandardCharsets.ISO_8859_1).replace("X.class", "S.class");
    assertRefused(
        "s.jar", text.getBytes(StandardCharsets.ISO_8859_1), "s.jar!S.class: stands twice");
  }

  @Test
  void aZipBombIsRefused() {
    assertJarRefused("data.bin", new byte[64 << 20], "unpacks to more than");
    final Map<String, byte[]> many = jar();
    for (int i = 0; i < 2_000; i++) {
      many.put("e" + i, new byte[0]);
    }
    assertRefused("s.jar", Compiled.jar(many), "has more than 1024 entries");
  }

  @Test
  void whatIsNoJarIsRefused() {
    assertRefused("s.jar", "no jar".getBytes(StandardCharsets.UTF_8), "s.jar: holds no class");
    final byte[] whole = Compiled.jar(jar());
    assertRefused("s.jar", java.util.Arrays.copyOf(whole, whole.length / 2), "s.jar");
  }
}
