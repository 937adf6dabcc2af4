package org.continuo.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.continuo.api.result.Metric;

/**
 * How records stand in files: components in their order under their own names, what is absent left
 * out, numbers that come back bit for bit; those that are not finite as texts.
 */
final class ResultsJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader())
                  .addSerializer(
                      Metric.Point.class, new PairWriter<>(Metric.Point::x, Metric.Point::y))
                  .addDeserializer(Metric.Point.class, new PairReader<>(Metric.Point::new))
                  .addSerializer(Interval.class, new PairWriter<>(Interval::low, Interval::high))
                  .addDeserializer(Interval.class, new PairReader<>(Interval::new)))
          .annotationIntrospector(new OnlyOptionalsMayBeAbsent())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          // what records tell about themselves is no field
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ResultsJson() {}

  private static final class OnlyOptionalsMayBeAbsent extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      Class<?> type = member.getRawType();
      return type != Optional.class && type != OptionalDouble.class;
    }
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(json.getText());
      } catch (DateTimeException notIso) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, json.getText(), "expected ISO-8601");
      }
    }
  }

  /** Two numbers as an array. */
  private static final class PairWriter<T> extends JsonSerializer<T> {
    private final Function<T, Double> first;
    private final Function<T, Double> second;

    PairWriter(Function<T, Double> first, Function<T, Double> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void serialize(T pair, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeArray(new double[] {first.apply(pair), second.apply(pair)}, 0, 2);
    }
  }

  private static final class PairReader<T> extends JsonDeserializer<T> {
    private final BiFunction<Double, Double, T> pair;

    PairReader(BiFunction<Double, Double, T> pair) {
      this.pair = pair;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      double[] two = json.readValueAs(double[].class);
      if (two.length != 2) {
        context.reportInputMismatch(this, "found %d numbers, expected 2", two.length);
      }
      return pair.apply(two[0], two[1]);
    }
  }
}
