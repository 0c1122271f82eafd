package dev.statuswire.aws.template;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Emulates {@code $context.responseOverride}, in which each value can be set once.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">Override
 *     parameters and status codes</a>
 */
final class Overrides {

    private final Map<String, Object> headers = new Once();
    private final Map<String, Object> all = new Once();

    Overrides() {
        all.put("header", headers);
    }

    /** Returns the variable that a template sees. */
    Map<String, Object> variable() {
        return all;
    }

    int statusOr(int mapped) {
        return all.get("status") instanceof Integer status ? status : mapped;
    }

    /** Returns {@code mapped} with the overridden values. */
    Map<String, String> headersOver(Map<String, String> mapped) {
        var result = new LinkedHashMap<>(mapped);
        headers.forEach((name, value) -> result.put(name, String.valueOf(value)));
        return result;
    }

    private static final class Once extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        @Override
        public Object put(String name, Object value) {
            if (containsKey(name)) {
                throw new IllegalStateException("overridden twice: " + name);
            }
            return super.put(name, value);
        }
    }
}
