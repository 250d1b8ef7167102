using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Monolith.Kernel.Commands;

namespace Monolith.Host.Hosting.OpenApi;

/// <summary>The parameters of an operation: of its path, of its query string, and the headers that its kind understands.</summary>
internal static partial class Parameters
{
    private static readonly JsonNode AMonthBegins = "2025-03-01";

    public static IDictionary<string, IOpenApiParameter> Shared { get; } = new IOpenApiParameter[]
    {
        Query("limit", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = 50 }, "How many items at most."),
        Query("cursor", Text(), "Where the page before ended: its `next`."),
        Query("minSequence", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
            "Wait until the model has passed this `Monolith-Sequence`, for up to 5 s."),
        Header(Correlation.Header, Text(128), "Comes back in the answer and is stored with the events; made where it is missing."),
        Header(IdempotencyKey.Header, Text(IdempotencyKey.Longest),
            "The same key and body again, within 24 h, get the first reply again and do nothing. A command that failed leaves no key."),
        Header("If-Match", Text(), "Only if this is the resource's current `ETag`."),
        Header("If-None-Match", Text(), "Answer 304 if this is the current `ETag`."),
    }.ToDictionary(parameter => parameter.Name!);

    public static IEnumerable<IOpenApiParameter> Of(EndpointFacts endpoint, OpenApiDocument document)
    {
        string[] shared =
        [
            .. endpoint.IsPaged ? ["limit", "cursor"] : (string[])[],
            .. endpoint.IsAsynchronous ? ["minSequence"] : (string[])[],
            .. endpoint.TakesIfMatch ? ["If-Match"] : (string[])[],
            .. endpoint.TakesIfNoneMatch ? ["If-None-Match"] : (string[])[],
            .. endpoint.IsPost ? [IdempotencyKey.Header] : (string[])[],
            Correlation.Header,
        ];
        return
        [
            .. PathParts().Matches(endpoint.Path).Select(InPath),
            .. endpoint.QueryParameters.Select(InQuery),
            .. shared.Select(name => new OpenApiParameterReference(name, document)),
        ];
    }

    private static OpenApiParameter InPath(Match part) => new()
    {
        Name = part.Groups["name"].Value,
        In = ParameterLocation.Path,
        Required = true,
        Schema = Text(),
        Description = $"The {part.Groups["name"].Value} of the {part.Groups["of"].Value.TrimEnd('s')}.",
    };

    private static OpenApiParameter InQuery(ParameterInfo parameter)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        var schema = SchemaOf(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
        return Query(name, schema, parameter.GetCustomAttribute<DescriptionAttribute>()?.Description ?? name switch
        {
            "from" => "From this time or UTC day on.",
            "to" => "Before this time or UTC day.",
            _ => $"Only where `{name}` is this.",
        });
    }

    private static OpenApiSchema SchemaOf(Type type) => type switch
    {
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(long) => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(DateTimeOffset) || type == typeof(DateOnly) => new()
        {
            Type = JsonSchemaType.String,
            AnyOf = [new OpenApiSchema { Format = "date-time" }, new OpenApiSchema { Format = "date" }],
            Examples = [AMonthBegins.DeepClone()],
        },
        { IsEnum: true } => TruthfulSchemas.OfEnum(type),
        _ => Text(),
    };

    private static OpenApiSchema Text(int? longest = null) => new() { Type = JsonSchemaType.String, MaxLength = longest };

    private static OpenApiParameter Query(string name, OpenApiSchema schema, string description) =>
        new() { Name = name, In = ParameterLocation.Query, Schema = schema, Description = description };

    private static OpenApiParameter Header(string name, OpenApiSchema schema, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Schema = schema, Description = description };

    [GeneratedRegex("(?<of>[^/]+)/{(?<name>[^}:]+)[^}]*}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParts();
}
