import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.V17;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Makes a class of each lambda and method reference of devca's own; the build runs it as {@code
 * java -cp ASM LambdaClasses.java JAR}, before {@code AppFolder}.
 *
 * <p>Up to Java 24 a JVM takes 0.2 ms to link a lambda, also one that an archive of classes holds,
 * and 4 ms more for the first; an archived class takes a seventh of that. A command meets a hundred
 * of them. What these classes do is what {@code java.lang.invoke.LambdaMetafactory} says.
 */
public final class LambdaClasses {
  private static final String OURS = "dev/devca";
  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
  private static final String CLASS = ".class";

  private final Map<String, byte[]> made = new TreeMap<>();
  private final Map<String, List<String>> nests = new LinkedHashMap<>();

  private LambdaClasses() {}

  /**
   * Rewrites a jar.
   *
   * @param args the jar
   * @throws Exception if it cannot be rewritten; the build fails
   */
  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]);
    LambdaClasses lambdas = new LambdaClasses();
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      lambdas.rewrite(zip.getPath(OURS));
    }
    lambdas.verify(jar);
  }

  private void rewrite(Path classes) throws IOException {
    List<Path> ours;
    try (Stream<Path> tree = Files.walk(classes)) {
      ours = tree.filter(file -> file.toString().endsWith(CLASS)).sorted().toList();
    }
    for (Path file : ours) {
      Files.write(file, without(Files.readAllBytes(file)));
    }
    for (Map.Entry<String, List<String>> nest : nests.entrySet()) {
      Path host = classes.resolve("/" + nest.getKey() + CLASS);
      Files.write(host, withMembers(Files.readAllBytes(host), nest.getValue()));
    }
    for (Map.Entry<String, byte[]> lambda : made.entrySet()) {
      Files.write(classes.resolve("/" + lambda.getKey() + CLASS), lambda.getValue());
    }
  }

  /** Has the JVM verify each. */
  private void verify(Path jar) throws IOException, ClassNotFoundException {
    URL[] path = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      for (String name : made.keySet()) {
        Class.forName(name.replace('/', '.'), true, loader);
      }
    }
    if (made.isEmpty()) {
      throw new IllegalStateException("no lambda was found in " + jar);
    }
  }

  private byte[] without(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(new Replacing(writer, reader.getClassName()), 0);
    return writer.toByteArray();
  }

  private static byte[] withMembers(byte[] bytes, List<String> members) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(ASM9, writer) {
              @Override
              public void visitEnd() {
                members.forEach(this::visitNestMember);
                super.visitEnd();
              }
            },
            0);
    return writer.toByteArray();
  }

  private final class Replacing extends ClassVisitor {
    private final String owner;
    private String host;
    private int count;

    Replacing(ClassVisitor next, String owner) {
      super(ASM9, next);
      this.owner = owner;
      this.host = owner;
    }

    @Override
    public void visitNestHost(String nestHost) {
      host = nestHost;
      super.visitNestHost(nestHost);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitInvokeDynamicInsn(
            String method, String factory, Handle bootstrap, Object... arguments) {
          if (bootstrap.getOwner().equals(METAFACTORY)
              && bootstrap.getName().equals("metafactory")) {
            String lambda = owner + "$Lambda" + count++;
            made.put(lambda, new Lambda(lambda, host, method, factory, arguments).toBytes());
            nests.computeIfAbsent(host, first -> new ArrayList<>()).add(lambda);
            visitMethodInsn(Opcodes.INVOKESTATIC, lambda, Lambda.FACTORY, factory, false);
          } else {
            super.visitInvokeDynamicInsn(method, factory, bootstrap, arguments);
          }
        }
      };
    }
  }

  /** One lambda: in the words of the metafactory, what its arguments are. */
  private record Lambda(
      Type type,
      String host,
      Method method,
      Type[] captured,
      Type functional,
      Handle implementation,
      Type instantiated) {
    static final String FACTORY = "of";

    private static final Type OBJECT = Type.getType(Object.class);
    private static final Map<String, Type> PRIMITIVES =
        Map.of(
            "java.lang.Boolean", Type.BOOLEAN_TYPE,
            "java.lang.Character", Type.CHAR_TYPE,
            "java.lang.Byte", Type.BYTE_TYPE,
            "java.lang.Short", Type.SHORT_TYPE,
            "java.lang.Integer", Type.INT_TYPE,
            "java.lang.Long", Type.LONG_TYPE,
            "java.lang.Float", Type.FLOAT_TYPE,
            "java.lang.Double", Type.DOUBLE_TYPE);

    Lambda(String name, String host, String method, String factory, Object[] arguments) {
      this(
          Type.getObjectType(name),
          host,
          new Method(method, ((Type) arguments[0]).getDescriptor()),
          Type.getArgumentTypes(factory),
          Type.getReturnType(factory),
          (Handle) arguments[1],
          (Type) arguments[2]);
    }

    byte[] toBytes() {
      ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      writer.visit(
          V17,
          ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC,
          type.getInternalName(),
          null,
          OBJECT.getInternalName(),
          new String[] {functional.getInternalName()});
      // A lambda may call what is private in its class.
      writer.visitNestHost(host);
      for (int i = 0; i < captured.length; i++) {
        writer.visitField(
            ACC_PRIVATE | ACC_FINAL, field(i), captured[i].getDescriptor(), null, null);
      }
      Method constructor = new Method("<init>", Type.VOID_TYPE, captured);
      constructor(new GeneratorAdapter(ACC_PRIVATE, constructor, null, null, writer));
      Method factory = new Method(FACTORY, functional, captured);
      factory(new GeneratorAdapter(ACC_STATIC, factory, null, null, writer), constructor);
      body(new GeneratorAdapter(ACC_PUBLIC, method, null, null, writer));
      writer.visitEnd();
      return writer.toByteArray();
    }

    private static String field(int number) {
      return "captured" + number;
    }

    private void constructor(GeneratorAdapter code) {
      code.loadThis();
      code.invokeConstructor(OBJECT, Method.getMethod("void <init> ()"));
      for (int i = 0; i < captured.length; i++) {
        code.loadThis();
        code.loadArg(i);
        code.putField(type, field(i), captured[i]);
      }
      code.returnValue();
      code.endMethod();
    }

    private void factory(GeneratorAdapter code, Method constructor) {
      code.newInstance(type);
      code.dup();
      code.loadArgs();
      code.invokeConstructor(type, constructor);
      code.returnValue();
      code.endMethod();
    }

    private void body(GeneratorAdapter code) {
      boolean creates = implementation.getTag() == Opcodes.H_NEWINVOKESPECIAL;
      Type owner = Type.getObjectType(implementation.getOwner());
      List<Type> wanted = new ArrayList<>();
      if (creates) {
        code.newInstance(owner);
        code.dup();
      } else if (implementation.getTag() != Opcodes.H_INVOKESTATIC) {
        wanted.add(owner);
      }
      wanted.addAll(List.of(Type.getArgumentTypes(implementation.getDesc())));
      for (int i = 0; i < captured.length; i++) {
        code.loadThis();
        code.getField(type, field(i), captured[i]);
      }
      Type[] given = method.getArgumentTypes();
      for (int i = 0; i < given.length; i++) {
        code.loadArg(i);
        convert(
            code, given[i], instantiated.getArgumentTypes()[i], wanted.get(captured.length + i));
      }
      code.visitMethodInsn(
          opcode(),
          implementation.getOwner(),
          implementation.getName(),
          implementation.getDesc(),
          implementation.isInterface());
      Type result = creates ? owner : Type.getReturnType(implementation.getDesc());
      Type asked = method.getReturnType();
      if (asked.getSort() == Type.VOID) {
        drop(code, result);
      } else {
        convert(code, result, instantiated.getReturnType(), asked);
      }
      code.returnValue();
      code.endMethod();
    }

    private int opcode() {
      return switch (implementation.getTag()) {
        case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
        case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
        case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
        case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
        default -> throw new IllegalStateException(type + " calls " + implementation);
      };
    }

    private static void drop(GeneratorAdapter code, Type value) {
      if (value.getSize() == 2) {
        code.pop2();
      } else if (value.getSize() == 1) {
        code.pop();
      }
    }

    /** A value as the other side takes it: JLS 5.1, as far as a lambda meets it. */
    private static void convert(GeneratorAdapter code, Type from, Type known, Type to) {
      if (isPrimitive(from) && isPrimitive(to)) {
        code.cast(from, to);
      } else if (isPrimitive(from)) {
        code.valueOf(from);
      } else if (isPrimitive(to)) {
        // Out of the wrapper that is known, and wider afterwards.
        Type exact = PRIMITIVES.getOrDefault(known.getClassName(), to);
        code.unbox(exact);
        code.cast(exact, to);
      } else if (!known.equals(from) && !known.equals(OBJECT)) {
        code.checkCast(known);
      }
    }

    private static boolean isPrimitive(Type type) {
      return type.getSort() < Type.ARRAY;
    }
  }
}
