package dev.statuswire.aws.template;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.log.NullLogChute;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;
import org.apache.velocity.runtime.resource.util.StringResourceRepository;
import org.apache.velocity.util.introspection.SecureUberspector;

/** Runs mapping templates on Velocity 1.7. Compiles each template once. Thread-safe. */
public final class MappingTemplate {

    private static final VelocityEngine ENGINE = engine();
    private static final Map<String, Template> COMPILED = new ConcurrentHashMap<>();

    private MappingTemplate() {}

    private static VelocityEngine engine() {
        var engine = new VelocityEngine();
        engine.setProperty("resource.loader", "string");
        engine.setProperty("string.resource.loader.class", StringResourceLoader.class.getName());
        engine.setProperty("string.resource.loader.repository.static", "false");
        engine.setProperty("runtime.log.logsystem.class", NullLogChute.class.getName());
        engine.setProperty("runtime.introspector.uberspect", SecureUberspector.class.getName());
        engine.init();
        return engine;
    }

    /**
     * Returns the output of a template.
     *
     * @param body {@code $input.body}
     * @param parameters {@code $input.params()}
     * @param context {@code $context}
     */
    public static String run(
            String template,
            String body,
            Map<String, Map<String, String>> parameters,
            Map<String, Object> context) {
        var variables = new HashMap<String, Object>();
        variables.put("input", new VelocityInput(body, parameters));
        variables.put("util", new VelocityUtil());
        variables.put("context", context);
        var written = new StringWriter();
        COMPILED.computeIfAbsent(template, MappingTemplate::compile)
                .merge(new VelocityContext(variables), written);
        return written.toString();
    }

    private static Template compile(String template) {
        String name = "template-" + UUID.randomUUID();
        var repository =
                (StringResourceRepository)
                        ENGINE.getApplicationAttribute(
                                StringResourceLoader.REPOSITORY_NAME_DEFAULT);
        repository.putStringResource(name, template);
        return ENGINE.getTemplate(name);
    }
}
