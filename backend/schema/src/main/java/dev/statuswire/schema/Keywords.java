package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.schema.regex.EcmaPattern;
import dev.statuswire.schema.regex.ValidationBudget;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles the keywords of draft 4. The value of each keyword is checked before it is compiled. */
final class Keywords {

    /** The types, with their names in messages. */
    private static final Map<String, String> TYPES =
            Map.of(
                    "object", "an object",
                    "array", "an array",
                    "string", "a string",
                    "boolean", "a boolean",
                    "integer", "an integer",
                    "number", "a number",
                    "null", "null");

    /**
     * Strings that need no quotes in a message, because they cannot be mistaken for another value.
     */
    private static final Pattern PLAIN =
            Pattern.compile(
                    "(?!(?:true|false|null)$)"
                            + "\\p{L}(?:[\\p{L}\\p{M}\\p{N} _./-]*[\\p{L}\\p{M}\\p{N}])?");

    private static final Pattern DRAFT_4 =
            Pattern.compile("https?://json-schema\\.org/draft-04/schema#?");

    private final JsonNode schema;
    private final String place;
    private final SchemaCompiler compiler;

    private Keywords(JsonNode schema, String place, SchemaCompiler compiler) {
        this.schema = schema;
        this.place = place;
        this.compiler = compiler;
    }

    /**
     * Compiles the keyword {@code name} of {@code schema}.
     *
     * @param place the pointer to {@code schema}
     * @return null if the keyword does not restrict values
     * @throws InvalidSchemaException if the keyword's value is invalid
     */
    static @Nullable Keyword find(
            String name, JsonNode schema, String place, SchemaCompiler compiler) {
        return new Keywords(schema, place, compiler).find(name);
    }

    private @Nullable Keyword find(String name) {
        return switch (name) {
            case "properties" -> properties();
            case "type" -> type();
            case "enum" -> enumeration();
            case "multipleOf" -> multipleOf();
            case "minimum" -> bound(name, "exclusiveMinimum", 1);
            case "maximum" -> bound(name, "exclusiveMaximum", -1);
            case "minLength" -> size(name, "character", "characters", Keywords::length, 1);
            case "maxLength" -> size(name, "character", "characters", Keywords::length, -1);
            case "minItems" -> size(name, "item", "items", Keywords::items, 1);
            case "maxItems" -> size(name, "item", "items", Keywords::items, -1);
            case "minProperties" -> size(name, "property", "properties", Keywords::members, 1);
            case "maxProperties" -> size(name, "property", "properties", Keywords::members, -1);
            case "pattern" -> pattern();
            case "format" -> Formats.find(text(name));
            case "uniqueItems" -> unique();
            case "items" -> allItems();
            case "additionalItems" -> additionalItems();
            case "required" -> required();
            case "patternProperties" -> patternProperties();
            case "additionalProperties" -> additionalProperties();
            case "dependencies" -> dependencies();
            case "allOf" -> allOf();
            case "anyOf" -> anyOf();
            case "oneOf" -> oneOf();
            case "not" -> not();
            case "definitions" -> definitions();
            case "$ref" -> throw invalid(name, "must be a string");
            case "$schema" -> draft();
            case "id", "title", "description" -> annotation(name);
            case "exclusiveMinimum" -> exclusive(name, "minimum");
            case "exclusiveMaximum" -> exclusive(name, "maximum");
            default -> null;
        };
    }

    private @Nullable Keyword annotation(String name) {
        require(value(name).isTextual(), name, "must be a string");
        return null;
    }

    private @Nullable Keyword draft() {
        String draft = text("$schema");
        require(
                DRAFT_4.matcher(draft).matches(),
                "$schema",
                draft + " is not supported; write http://json-schema.org/draft-04/schema#");
        return null;
    }

    // Keywords for all types

    private Keyword type() {
        JsonNode type = value("type");
        List<String> wanted = type.isTextual() ? List.of(type.textValue()) : texts("type");
        for (String one : wanted) {
            require(TYPES.containsKey(one), "type", "there is no type " + one);
        }
        String error = "must be " + alternatives(wanted.stream().map(TYPES::get).toList());
        return (value, at, validation) -> {
            String found = JsonValues.typeOf(value);
            if (!wanted.contains(found)
                    && !(found.equals("integer") && wanted.contains("number"))) {
                validation.add(at, error);
            }
        };
    }

    private static String alternatives(List<String> all) {
        int last = all.size() - 1;
        return last == 0
                ? all.get(0)
                : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    private Keyword enumeration() {
        JsonNode options = value("enum");
        require(options.isArray() && !options.isEmpty(), "enum", "must be a list of values");
        require(
                !new UniqueItems(new ValidationBudget(Long.MAX_VALUE)).repeat(options),
                "enum",
                "contains the same value twice");
        var texts = new ArrayList<String>();
        options.forEach(option -> texts.add(shown(option)));
        String error = "must be " + (texts.size() > 1 ? "one of " : "") + String.join(", ", texts);
        return (value, at, validation) -> {
            for (JsonNode option : options) {
                if (JsonValues.same(option, value, validation.budget())) {
                    return;
                }
            }
            validation.add(at, error);
        };
    }

    private static String shown(JsonNode option) {
        boolean isPlain = option.isTextual() && PLAIN.matcher(option.textValue()).matches();
        return isPlain ? option.textValue() : Json.write(option);
    }

    private Keyword allOf() {
        List<Schema> all = schemas("allOf");
        return (value, at, validation) -> all.forEach(one -> one.check(value, at, validation));
    }

    private Keyword anyOf() {
        List<Schema> options = schemas("anyOf");
        return (value, at, validation) -> {
            var errors = new ArrayList<Validation.Finding>();
            for (Schema option : options) {
                List<Validation.Finding> found = option.attempt(value, at, validation);
                if (found.isEmpty()) {
                    return;
                }
                errors.addAll(found);
            }
            validation.addAll(errors);
        };
    }

    private Keyword oneOf() {
        List<Schema> options = schemas("oneOf");
        return (value, at, validation) -> {
            var errors = new ArrayList<Validation.Finding>();
            int valid = 0;
            for (Schema option : options) {
                List<Validation.Finding> found = option.attempt(value, at, validation);
                valid += found.isEmpty() ? 1 : 0;
                errors.addAll(found);
            }
            if (valid != 1) {
                validation.add(
                        at,
                        "must match exactly one of the %d schemas in oneOf, but matches %s"
                                .formatted(options.size(), valid == 0 ? "none" : valid));
            }
            if (valid == 0) {
                validation.addAll(errors);
            }
        };
    }

    private Keyword not() {
        Schema not = compiler.compile(value("not"), place + "/not");
        String error = "must not match the schema " + Json.write(value("not"));
        return (value, at, validation) -> {
            if (not.attempt(value, at, validation).isEmpty()) {
                validation.add(at, error);
            }
        };
    }

    private @Nullable Keyword definitions() {
        namedSchemas("definitions");
        return null;
    }

    // Numbers

    private Keyword bound(String name, String exclusive, int sign) {
        JsonNode bound = value(name);
        require(bound.isNumber(), name, "must be a number");
        BigDecimal limit = bound.decimalValue();
        boolean strict = schema.path(exclusive).booleanValue();
        String comparison =
                strict
                        ? sign > 0 ? "greater than " : "less than "
                        : sign > 0 ? "at least " : "at most ";
        String error = "must be " + comparison + JsonValues.digitsOf(limit);
        return (value, at, validation) -> {
            if (value.isNumber()) {
                int compared = sign * value.decimalValue().compareTo(limit);
                if (compared < 0 || (strict && compared == 0)) {
                    validation.add(at, error);
                }
            }
        };
    }

    private @Nullable Keyword exclusive(String name, String needed) {
        require(value(name).isBoolean(), name, "must be true or false");
        require(schema.has(needed), name, "needs a " + needed);
        return null;
    }

    private Keyword multipleOf() {
        JsonNode factor = value("multipleOf");
        require(
                factor.isNumber() && factor.decimalValue().signum() > 0,
                "multipleOf",
                "must be a number greater than 0");
        BigDecimal divisor = factor.decimalValue();
        String error = "must be a multiple of " + JsonValues.digitsOf(divisor);
        return (value, at, validation) -> {
            if (value.isNumber() && value.decimalValue().remainder(divisor).signum() != 0) {
                validation.add(at, error);
            }
        };
    }

    // Sizes

    /**
     * @param one the unit of the size, in the singular
     * @param many the unit of the size, in the plural
     * @param size returns the size of a value; negative for a value of another type
     * @param sign 1 for a minimum, -1 for a maximum
     */
    private Keyword size(
            String name, String one, String many, ToIntFunction<JsonNode> size, int sign) {
        JsonNode limit = value(name);
        require(
                limit.isNumber()
                        && limit.decimalValue().signum() >= 0
                        && limit.decimalValue().stripTrailingZeros().scale() <= 0,
                name,
                "must be an integer, 0 or more");
        BigDecimal bound = limit.decimalValue();
        String error =
                "must have %s %s %s"
                        .formatted(
                                sign > 0 ? "at least" : "at most",
                                NumberFormat.getInstance(Locale.ENGLISH).format(bound),
                                bound.compareTo(BigDecimal.ONE) == 0 ? one : many);
        return (value, at, validation) -> {
            int found = size.applyAsInt(value);
            if (found >= 0 && sign * BigDecimal.valueOf(found).compareTo(bound) < 0) {
                validation.add(at, error);
            }
        };
    }

    private static int length(JsonNode value) {
        String text = value.textValue();
        return text == null ? -1 : text.codePointCount(0, text.length());
    }

    private static int items(JsonNode value) {
        return value.isArray() ? value.size() : -1;
    }

    private static int members(JsonNode value) {
        return value.isObject() ? value.size() : -1;
    }

    // Strings

    private Keyword pattern() {
        String source = text("pattern");
        EcmaPattern pattern = compiled(source, "pattern");
        String error = "must match the pattern " + source;
        return (value, at, validation) -> {
            String text = value.textValue();
            if (text != null && !pattern.isFoundIn(text, validation.budget())) {
                validation.add(at, error);
            }
        };
    }

    // Arrays

    private Keyword unique() {
        require(value("uniqueItems").isBoolean(), "uniqueItems", "must be true or false");
        boolean wanted = value("uniqueItems").booleanValue();
        return (value, at, validation) -> {
            if (wanted && value.isArray() && new UniqueItems(validation.budget()).repeat(value)) {
                validation.add(at, "must not contain duplicates");
            }
        };
    }

    private Keyword allItems() {
        JsonNode items = value("items");
        if (items.isArray()) {
            List<Schema> each = schemas("items", 0);
            return (value, at, validation) -> {
                for (int i = 0; i < Math.min(each.size(), items(value)); i++) {
                    each.get(i).check(value.path(i), at.item(i), validation);
                }
            };
        }
        Schema every = compiler.compile(items, place + "/items");
        return (value, at, validation) -> {
            for (int i = 0; i < items(value) && !validation.isOver(); i++) {
                every.check(value.path(i), at.item(i), validation);
            }
        };
    }

    private Keyword additionalItems() {
        int fixed = schema.path("items").isArray() ? schema.path("items").size() : -1;
        Schema further = additional("additionalItems");
        boolean allowed = value("additionalItems").asBoolean(true);
        return (value, at, validation) -> {
            for (int i = fixed; i >= 0 && i < items(value) && !validation.isOver(); i++) {
                if (further != null) {
                    further.check(value.path(i), at.item(i), validation);
                } else if (!allowed) {
                    validation.add(at.item(i), "is not allowed");
                }
            }
        };
    }

    // Objects

    private Keyword properties() {
        Map<String, Schema> properties = namedSchemas("properties");
        return (value, at, validation) ->
                properties.forEach(
                        (name, property) -> {
                            JsonNode member = value.get(name);
                            if (member != null && !validation.isOver()) {
                                property.check(member, at.member(name), validation);
                            }
                        });
    }

    private Keyword required() {
        List<String> names = texts("required");
        return (value, at, validation) -> {
            for (String name : value.isObject() ? names : List.<String>of()) {
                if (!value.has(name)) {
                    validation.add(at.member(name), "is required");
                }
            }
        };
    }

    private Keyword patternProperties() {
        Map<EcmaPattern, Schema> byPattern =
                patterns().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getValue,
                                        entry ->
                                                compiler.compile(
                                                        value("patternProperties")
                                                                .path(entry.getKey()),
                                                        InputError.pointer(
                                                                place + "/patternProperties",
                                                                entry.getKey()))));
        return (value, at, validation) -> {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                byPattern.forEach(
                        (pattern, matching) -> {
                            if (!validation.isOver()
                                    && pattern.isFoundIn(member.getKey(), validation.budget())) {
                                matching.check(
                                        member.getValue(), at.member(member.getKey()), validation);
                            }
                        });
            }
        };
    }

    private Keyword additionalProperties() {
        Set<String> names =
                schema.path("properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        List<EcmaPattern> patterns = List.copyOf(patterns().values());
        Schema further = additional("additionalProperties");
        boolean allowed = value("additionalProperties").asBoolean(true);
        return (value, at, validation) -> {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String name = member.getKey();
                if ((further == null && allowed)
                        || validation.isOver()
                        || names.contains(name)
                        || patterns.stream()
                                .anyMatch(it -> it.isFoundIn(name, validation.budget()))) {
                    continue;
                }
                if (further != null) {
                    further.check(member.getValue(), at.member(name), validation);
                } else {
                    validation.add(at.member(name), "is not an allowed property");
                }
            }
        };
    }

    private Keyword dependencies() {
        JsonNode dependencies = value("dependencies");
        require(dependencies.isObject(), "dependencies", "must be an object");
        var bySchema = new TreeMap<String, Schema>();
        var byName = new TreeMap<String, List<String>>();
        dependencies
                .properties()
                .forEach(
                        member -> {
                            String name = member.getKey();
                            String path = InputError.pointer(place + "/dependencies", name);
                            if (member.getValue().isArray()) {
                                byName.put(name, textsOf(member.getValue(), path));
                            } else {
                                bySchema.put(name, compiler.compile(member.getValue(), path));
                            }
                        });
        return (value, at, validation) -> {
            byName.forEach(
                    (name, needed) ->
                            needed.stream()
                                    .filter(it -> value.has(name) && !value.has(it))
                                    .forEach(
                                            it ->
                                                    validation.add(
                                                            at.member(it),
                                                            "is required if "
                                                                    + name
                                                                    + " is given")));
            bySchema.forEach(
                    (name, needed) -> {
                        if (value.has(name)) {
                            needed.check(value, at, validation);
                        }
                    });
        };
    }

    // The values of keywords

    private JsonNode value(String name) {
        return schema.path(name);
    }

    private String text(String name) {
        require(value(name).isTextual(), name, "must be a string");
        return value(name).textValue();
    }

    private List<String> texts(String name) {
        require(!value(name).isEmpty(), name, "must be a list of strings");
        return textsOf(value(name), place + "/" + name);
    }

    private static List<String> textsOf(JsonNode list, String path) {
        var texts = new ArrayList<String>();
        for (JsonNode item : list) {
            if (!item.isTextual() || texts.contains(item.textValue())) {
                throw new InvalidSchemaException(path, "must be a list of different strings");
            }
            texts.add(item.textValue());
        }
        if (!list.isArray() || texts.isEmpty()) {
            throw new InvalidSchemaException(path, "must be a list of strings");
        }
        return List.copyOf(texts);
    }

    private List<Schema> schemas(String name) {
        return schemas(name, 1);
    }

    private List<Schema> schemas(String name, int least) {
        JsonNode list = value(name);
        require(list.isArray() && list.size() >= least, name, "must be a list of schemas");
        var schemas = new ArrayList<Schema>();
        for (int i = 0; i < list.size(); i++) {
            schemas.add(compiler.compile(list.path(i), place + "/" + name + "/" + i));
        }
        return List.copyOf(schemas);
    }

    private Map<String, Schema> namedSchemas(String name) {
        require(value(name).isObject(), name, "must be an object of schemas");
        var schemas = new LinkedHashMap<String, Schema>();
        value(name)
                .properties()
                .forEach(
                        member ->
                                schemas.put(
                                        member.getKey(),
                                        compiler.compile(
                                                member.getValue(),
                                                InputError.pointer(
                                                        place + "/" + name, member.getKey()))));
        return schemas;
    }

    /** Returns null for true and false. */
    private @Nullable Schema additional(String name) {
        return value(name).isBoolean() ? null : compiler.compile(value(name), place + "/" + name);
    }

    private Map<String, EcmaPattern> patterns() {
        String name = "patternProperties";
        JsonNode patterns = value(name);
        require(
                patterns.isObject() || patterns.isMissingNode(),
                name,
                "must be an object of schemas");
        return patterns.properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toMap(it -> it, it -> compiled(it, name)));
    }

    private EcmaPattern compiled(String source, String name) {
        try {
            return EcmaPattern.of(source);
        } catch (PatternSyntaxException broken) {
            throw invalid(
                    name,
                    source + " is not a supported ECMA-262 pattern: " + broken.getDescription());
        }
    }

    private void require(boolean condition, String name, String otherwise) {
        if (!condition) {
            throw invalid(name, otherwise);
        }
    }

    private InvalidSchemaException invalid(String name, String reason) {
        return new InvalidSchemaException(place + "/" + name, reason);
    }
}
