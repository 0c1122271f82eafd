package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordFilterTest {

    private final ObjectNode json = RecordJson.of(StreamRecords.full(), StreamRecords.ARN);

    @Test
    void without_patterns_every_record_is_let_through() {
        assertThat(new RecordFilter(List.of()).lets(json)).isTrue();
    }

    @Test
    void all_fields_of_a_pattern_must_match() {
        assertThat(
                        lets(
                                "{'eventName':['INSERT','MODIFY'],'dynamodb':{'NewImage':{'id':{'S':['a']}}}}"))
                .isTrue();
        assertThat(lets("{'eventName':['INSERT'],'dynamodb':{'NewImage':{'id':{'S':['a']}}}}"))
                .isFalse();
        assertThat(lets("{'eventName':['MODIFY'],'dynamodb':{'NewImage':{'id':{'S':['b']}}}}"))
                .isFalse();
    }

    @Test
    void one_of_several_patterns_is_enough() {
        assertThat(lets("{'eventName':['INSERT']}", "{'eventName':['MODIFY']}")).isTrue();
    }

    @Test
    void a_number_is_text_and_a_truth_value_is_not() {
        assertThat(lets("{'dynamodb':{'NewImage':{'n':{'N':['1.5']}}}}")).isTrue();
        assertThat(lets("{'dynamodb':{'NewImage':{'n':{'N':[{'numeric':['>',1]}]}}}}")).isFalse();
        assertThat(lets("{'dynamodb':{'NewImage':{'bool':{'BOOL':[true]}}}}")).isTrue();
    }

    @Test
    void operators_of_the_pattern_language_work() {
        assertThat(lets("{'dynamodb':{'Keys':{'id':{'S':[{'prefix':'a'}]}}}}")).isTrue();
        assertThat(lets("{'dynamodb':{'Keys':{'id':{'S':[{'anything-but':['a']}]}}}}")).isFalse();
        assertThat(lets("{'dynamodb':{'OldImage':{'n':{'N':[{'exists':false}]}}}}")).isTrue();
    }

    private boolean lets(String... patterns) {
        return new RecordFilter(
                        List.of(patterns).stream()
                                .map(pattern -> pattern.replace('\'', '"'))
                                .toList())
                .lets(json);
    }
}
