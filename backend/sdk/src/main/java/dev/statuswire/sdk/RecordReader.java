package dev.statuswire.sdk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads records as the rules of {@link InputComponent} say: adds the defaults, and refuses a
 * missing or null component that is required. For a {@link JsonNode} or an {@code Object}, null is
 * a value.
 */
final class RecordReader extends DelegatingDeserializer {

    @Serial private static final long serialVersionUID = 1L;

    /** The components, by their name in JSON. */
    private final transient Map<String, Field> components;

    private RecordReader(JsonDeserializer<?> reader, Map<String, Field> components) {
        super(reader);
        this.components = components;
    }

    static Module module() {
        var module = new SimpleModule("statuswire-records");
        module.setDeserializerModifier(new Modifier());
        return module;
    }

    private static final class Modifier extends BeanDeserializerModifier {

        @Serial private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
            return type.getBeanClass().isRecord()
                    ? new RecordReader(reader, componentsOf(type))
                    : reader;
        }

        private static Map<String, Field> componentsOf(BeanDescription type) {
            var components = new LinkedHashMap<String, Field>();
            for (BeanPropertyDefinition property : type.findProperties()) {
                for (Field field : type.getBeanClass().getDeclaredFields()) {
                    if (field.getName().equals(property.getInternalName())) {
                        components.put(property.getName(), field);
                    }
                }
            }
            return components;
        }
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
        return new RecordReader(reader, components);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        JsonNode json = context.readTree(parser);
        if (json instanceof ObjectNode object) {
            for (Map.Entry<String, Field> component : components.entrySet()) {
                complete(object, component.getKey(), component.getValue(), context);
            }
        }
        try (JsonParser completed = json.traverse(parser.getCodec())) {
            completed.nextToken();
            return super.deserialize(completed, context);
        }
    }

    private void complete(
            ObjectNode object, String name, Field component, DeserializationContext context)
            throws JsonMappingException {
        if (object.path(name).isMissingNode()) {
            InputComponent.defaultOf(component).ifPresent(value -> object.set(name, value));
        }
        Class<?> type = component.getType();
        boolean isAny = type == Object.class || JsonNode.class.isAssignableFrom(type);
        boolean isMissing =
                object.path(name).isMissingNode() || (object.path(name).isNull() && !isAny);
        if (isMissing && InputComponent.isRequired(component)) {
            JsonMappingException missing =
                    JsonMappingException.from(context, name + " is required");
            missing.prependPath(handledType(), name);
            throw missing;
        }
    }
}
