package dev.statuswire.aws.door.gateway;

import java.io.StringWriter;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;
import org.apache.velocity.runtime.resource.util.StringResourceRepository;

/** Runs mapping templates on Velocity 2, each compiled once. Thread-safe. */
final class Velocity2 {

    static final Velocity2 INSTANCE = new Velocity2();

    private final VelocityEngine engine = new VelocityEngine();
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    private Velocity2() {
        engine.setProperty(RuntimeConstants.RESOURCE_LOADERS, "string");
        engine.setProperty("resource.loader.string.class", StringResourceLoader.class.getName());
        engine.setProperty("resource.loader.string.repository.static", "false");
        // Templates of API Gateway name headers such as Retry-After, which 2.x would subtract.
        engine.setProperty("parser.allow_hyphen_in_identifiers", "true");
        // The language as it was before 2.x.
        engine.setProperty("directive.if.empty_check", "false");
        engine.setProperty("parser.space_gobbling", "bc");
        engine.setProperty(
                RuntimeConstants.UBERSPECT_CLASSNAME,
                "org.apache.velocity.util.introspection.SecureUberspector");
        engine.init();
    }

    String run(String template, Map<String, Object> variables) {
        var written = new StringWriter();
        templates
                .computeIfAbsent(template, this::compile)
                .merge(new VelocityContext(variables), written);
        return written.toString();
    }

    private Template compile(String template) {
        String name = "template-" + UUID.randomUUID();
        var repository =
                (StringResourceRepository)
                        engine.getApplicationAttribute(
                                StringResourceLoader.REPOSITORY_NAME_DEFAULT);
        repository.putStringResource(name, template);
        return engine.getTemplate(name);
    }
}
