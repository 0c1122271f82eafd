package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordFilterTest {

    private final ObjectNode json = RecordJson.of(StreamRecords.full(), StreamRecords.ARN);

    @Test
    void without_patterns_every_record_matches() {
        assertThat(new RecordFilter(List.of()).matches(json)).isTrue();
    }

    @Test
    void all_fields_of_a_pattern_must_match() {
        assertThat(
                        matches(
                                "{'eventName':['INSERT','MODIFY'],'dynamodb':{'NewImage':{'id':{'S':['a']}}}}"))
                .isTrue();
        assertThat(matches("{'eventName':['INSERT'],'dynamodb':{'NewImage':{'id':{'S':['a']}}}}"))
                .isFalse();
        assertThat(matches("{'eventName':['MODIFY'],'dynamodb':{'NewImage':{'id':{'S':['b']}}}}"))
                .isFalse();
    }

    @Test
    void one_of_several_patterns_is_enough() {
        assertThat(matches("{'eventName':['INSERT']}", "{'eventName':['MODIFY']}")).isTrue();
    }

    @Test
    void a_number_is_text_but_a_boolean_is_not() {
        assertThat(matches("{'dynamodb':{'NewImage':{'n':{'N':['1.5']}}}}")).isTrue();
        assertThat(matches("{'dynamodb':{'NewImage':{'n':{'N':[{'numeric':['>',1]}]}}}}"))
                .isFalse();
        assertThat(matches("{'dynamodb':{'NewImage':{'bool':{'BOOL':[true]}}}}")).isTrue();
    }

    @Test
    void operators_of_the_pattern_language_are_supported() {
        assertThat(matches("{'dynamodb':{'Keys':{'id':{'S':[{'prefix':'a'}]}}}}")).isTrue();
        assertThat(matches("{'dynamodb':{'Keys':{'id':{'S':[{'anything-but':['a']}]}}}}"))
                .isFalse();
        assertThat(matches("{'dynamodb':{'OldImage':{'n':{'N':[{'exists':false}]}}}}")).isTrue();
    }

    private boolean matches(String... patterns) {
        return new RecordFilter(
                        List.of(patterns).stream()
                                .map(pattern -> pattern.replace('\'', '"'))
                                .toList())
                .matches(json);
    }
}
