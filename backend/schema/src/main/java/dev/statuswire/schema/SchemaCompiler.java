package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles a schema and all schemas in it, and resolves each {@code $ref}. */
final class SchemaCompiler {

    private static final String DRAFT_4 = "http://json-schema.org/draft-04/schema";

    private final JsonNode root;
    private final IdentityHashMap<JsonNode, Part> parts = new IdentityHashMap<>();
    private final Map<String, JsonNode> byUri = new HashMap<>();
    private final IdentityHashMap<JsonNode, Schema> compiled = new IdentityHashMap<>();

    /**
     * @param place the JSON pointer to the part
     * @param base the URI against which the references in the part are resolved
     */
    private record Part(String place, String base) {}

    SchemaCompiler(JsonNode root) {
        this.root = root;
    }

    Schema compile() {
        byUri.put("", root);
        collect(root, "", "");
        return compile(root, "");
    }

    /**
     * Records the place and the id of a schema and of the schemas in it. An object that is not a
     * schema has no id.
     */
    private void collect(JsonNode schema, String place, String base) {
        if (!schema.isObject()) {
            return;
        }
        String within = base;
        JsonNode id = schema.path("id");
        if (id.isTextual() && !schema.path("$ref").isTextual()) {
            within = resolve(base, id.textValue(), place);
            byUri.putIfAbsent(within, schema);
            within = withoutFragment(within);
        }
        parts.put(schema, new Part(place, within));
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String inside = InputError.pointer(place, member.getKey());
            switch (member.getKey()) {
                case "properties", "patternProperties", "definitions", "dependencies" ->
                        collectMembers(member.getValue(), inside, within);
                case "items", "allOf", "anyOf", "oneOf" -> {
                    collect(member.getValue(), inside, within);
                    collectItems(member.getValue(), inside, within);
                }
                case "additionalItems", "additionalProperties", "not" ->
                        collect(member.getValue(), inside, within);
                default -> {}
            }
        }
    }

    private void collectMembers(JsonNode schemas, String place, String base) {
        for (Map.Entry<String, JsonNode> member : schemas.properties()) {
            collect(member.getValue(), InputError.pointer(place, member.getKey()), base);
        }
    }

    private void collectItems(JsonNode schemas, String place, String base) {
        for (int i = 0; schemas.isArray() && i < schemas.size(); i++) {
            collect(schemas.path(i), place + "/" + i, base);
        }
    }

    /**
     * Compiles a schema, or returns it if it is already compiled.
     *
     * @throws InvalidSchemaException if {@code node} is not a schema
     */
    Schema compile(JsonNode node, String place) {
        Schema known = compiled.get(node);
        if (known != null) {
            return known;
        }
        if (!node.isObject()) {
            throw new InvalidSchemaException(place, "a schema must be an object");
        }
        var schema = new Schema();
        compiled.put(node, schema);
        schema.complete(
                node.path("$ref").isTextual()
                        ? List.of(reference(node, place))
                        : keywords(node, place));
        return schema;
    }

    /**
     * Returns the keywords in the order in which their errors are reported: the errors of members
     * come first.
     */
    private List<Keyword> keywords(JsonNode node, String place) {
        var keywords = new ArrayList<Keyword>();
        for (String name : (Iterable<String>) node::fieldNames) {
            Keyword keyword = Keywords.find(name, node, place, this);
            if (keyword != null) {
                keywords.add(name.equals("properties") ? 0 : keywords.size(), keyword);
            }
        }
        return keywords;
    }

    /** Ignores keywords next to the reference, as draft 4 requires. */
    private Keyword reference(JsonNode node, String place) {
        JsonNode target = target(node, place);
        JsonNode last = target;
        for (int hops = 0; last.path("$ref").isTextual(); hops++) {
            if (hops > parts.size()) {
                throw new InvalidSchemaException(place + "/$ref", "refers to itself");
            }
            last = target(last, place);
        }
        Part part = parts.get(target);
        return compile(target, part == null ? place : part.place())::check;
    }

    private JsonNode target(JsonNode node, String place) {
        Part part = parts.get(node);
        String reference = node.path("$ref").textValue();
        String uri = resolve(part == null ? "" : part.base(), reference, place);
        String fragment = uri.contains("#") ? uri.substring(uri.indexOf('#') + 1) : "";
        if (withoutFragment(uri).equals(DRAFT_4) && !byUri.containsKey(DRAFT_4)) {
            addDraft4();
        }
        JsonNode document = byUri.get(withoutFragment(uri));
        JsonNode target = byUri.get(uri);
        if (target == null && document != null) {
            target =
                    fragment.isEmpty()
                            ? document
                            : fragment.startsWith("/") ? at(document, fragment) : null;
        }
        if (target == null) {
            throw new InvalidSchemaException(
                    place + "/$ref", "there is no " + reference + " in this schema");
        }
        return target;
    }

    /**
     * Adds the schema of draft 4 itself. It is the only schema outside the compiled one that
     * references can name.
     */
    private void addDraft4() {
        try (InputStream file =
                Objects.requireNonNull(SchemaCompiler.class.getResourceAsStream("draft-04.json"))) {
            JsonNode draft4 = Json.MAPPER.readTree(file);
            byUri.put(DRAFT_4, draft4);
            collect(draft4, "", DRAFT_4);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Returns the schema at {@code pointer}. It may be in a place where draft 4 has no schemas. */
    private @Nullable JsonNode at(JsonNode document, String pointer) {
        JsonNode found = document;
        Part nearest = parts.get(document);
        for (String part : pointer.substring(1).split("/", -1)) {
            String name = decode(part).replace("~1", "/").replace("~0", "~");
            JsonNode next =
                    found.isArray() && name.matches("0|[1-9][0-9]{0,8}")
                            ? found.get(Integer.parseInt(name))
                            : found.get(name);
            if (next == null) {
                return null;
            }
            found = next;
            nearest = parts.getOrDefault(found, nearest);
        }
        if (nearest != null && !parts.containsKey(found)) {
            collect(
                    found,
                    Objects.requireNonNull(parts.get(document)).place() + decode(pointer),
                    nearest.base());
        }
        return found;
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }

    private static String withoutFragment(String uri) {
        int hash = uri.indexOf('#');
        return hash < 0 ? uri : uri.substring(0, hash);
    }

    /** Resolves {@code reference}. An empty fragment is removed, because it changes nothing. */
    private static String resolve(String base, String reference, String place) {
        String uri = reference;
        if (reference.startsWith("#")) {
            uri = withoutFragment(base) + reference;
        } else {
            try {
                uri = new URI(base).resolve(new URI(reference)).toString();
            } catch (URISyntaxException broken) {
                throw new InvalidSchemaException(place, reference + " is not a URI reference");
            }
        }
        return uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
