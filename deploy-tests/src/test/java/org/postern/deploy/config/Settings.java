package org.postern.deploy.config;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.postern.deploy.Checkout;

/** The settings of the services, read from the sources of their {@code @ConfigMapping} interfaces. */
final class Settings {
    /**
     * One setting.
     *
     * @param service the module
     * @param key its full name
     * @param type the Java type
     * @param byDefault its default; empty where it has none
     * @param needed whether the service does not start without it
     * @param text what its Javadoc says, first sentence
     */
    record Setting(String service, String key, String type, String byDefault, boolean needed, String text) {}

    private static final Pattern CAMEL = Pattern.compile("([a-z0-9])([A-Z])");

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final String service;
    private final Map<String, ClassTree> nested = new HashMap<>();
    private final List<Setting> found = new ArrayList<>();

    private Settings(DocTrees docs, CompilationUnitTree unit, String service) {
        this.docs = docs;
        this.unit = unit;
        this.service = service;
    }

    static List<Setting> read() {
        List<Path> files =
                Checkout.files(".", name -> name.matches("[a-z-]+/src/main/java/.*/config/[A-Za-z]+Config\\.java"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            List<Setting> settings = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                Settings reader = new Settings(
                        DocTrees.instance(task), unit, Checkout.name(file).replaceFirst("/.*", ""));
                reader.readUnit();
                settings.addAll(reader.found);
            }
            settings.sort(Comparator.comparing(Setting::service).thenComparing(Setting::key));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readUnit() {
        for (var declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                String prefix = argument(type.getModifiers().getAnnotations(), "ConfigMapping");
                if (!prefix.isEmpty()) {
                    collectNested(type);
                    readInterface(type, prefix);
                }
            }
        }
    }

    private void collectNested(ClassTree type) {
        for (var member : type.getMembers()) {
            // An enumeration is the type of a setting, not a group of settings.
            if (member instanceof ClassTree inner && inner.getKind() == Tree.Kind.INTERFACE) {
                nested.put(inner.getSimpleName().toString(), inner);
                collectNested(inner);
            }
        }
    }

    private void readInterface(ClassTree type, String prefix) {
        for (var member : type.getMembers()) {
            if (member instanceof MethodTree method) {
                String named = argument(method.getModifiers().getAnnotations(), "WithName");
                String key =
                        prefix + "." + (named.isEmpty() ? kebab(method.getName().toString()) : named);
                String returned = String.valueOf(method.getReturnType());
                ClassTree inner = nested.get(returned);
                if (inner != null) {
                    readInterface(inner, key);
                } else {
                    String byDefault = argument(method.getModifiers().getAnnotations(), "WithDefault");
                    boolean needed =
                            byDefault.isEmpty() && !returned.matches("Optional.*|Map<.*") && !isListOfGroups(returned);
                    found.add(new Setting(service, key, returned, byDefault, needed, text(method)));
                }
            }
        }
    }

    /** A list of objects is empty where nothing is set. */
    private boolean isListOfGroups(String type) {
        return type.startsWith("List<") && nested.containsKey(type.substring(5, type.length() - 1));
    }

    private String text(MethodTree method) {
        DocCommentTree comment = docs.getDocCommentTree(TreePath.getPath(unit, method));
        return comment == null
                ? ""
                : comment.getFullBody().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining())
                        .replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
                        .replaceAll("\\s+", " ")
                        .strip();
    }

    private static String argument(List<? extends AnnotationTree> annotations, String name) {
        for (AnnotationTree annotation : annotations) {
            if (annotation.getAnnotationType().toString().equals(name)) {
                Matcher matcher = Pattern.compile("\"(.*)\"")
                        .matcher(annotation.getArguments().toString());
                return matcher.find() ? matcher.group(1) : "";
            }
        }
        return "";
    }

    private static String kebab(String name) {
        return CAMEL.matcher(name).replaceAll("$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
