using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Operations.Exploring;

/// <summary>The data of an event that this program cannot read, as it stands in the log. What in it is personal, nobody here can tell.</summary>
[JsonConverter(typeof(AsItIs))]
public sealed record UnknownData(string Json)
{
    /// <summary>For those who may not see personal data.</summary>
    public static readonly UnknownData Hidden = new(JsonSerializer.Serialize(Kernel.Access.Mask.Text));

    private sealed class AsItIs : JsonConverter<UnknownData>
    {
        public override UnknownData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader).GetRawText());

        public override void Write(Utf8JsonWriter writer, UnknownData value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json);
    }
}
