package dev.statuswire.aws.template;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call on its way through a REST API.
 *
 * @param context {@code $context}, to which the components add values
 * @param arn of the called method
 */
record RestCall(
        Call call,
        RestMethod method,
        RestResources.Match match,
        Map<String, Object> context,
        String arn) {

    /** Returns {@code $input.params()}. */
    Map<String, Map<String, String>> parameters() {
        var query = new LinkedHashMap<String, String>();
        call.parameters().forEach((name, values) -> query.put(name, values.getLast()));
        var parameters = new LinkedHashMap<String, Map<String, String>>();
        parameters.put("path", match.parameters());
        parameters.put("querystring", query);
        parameters.put("header", call.lastHeaders());
        return parameters;
    }

    /** Returns whether the call has a parameter such as {@code method.request.path.id}. */
    boolean has(String parameter) {
        String[] parts = parameter.split("\\.", 4);
        return switch (parts[2]) {
            case "path" -> match.parameters().containsKey(parts[3]);
            case "querystring" -> call.parameters().containsKey(parts[3]);
            case "header" -> call.header(parts[3]).isPresent();
            default -> throw new IllegalArgumentException("unsupported parameter: " + parameter);
        };
    }
}
