using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Kernel.Problems;

namespace Monolith.Host.Hosting.OpenApi;

/// <summary>What operations refer to: parameters, headers, failures, the way to sign in.</summary>
internal sealed class SharedParts : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";
    public const string NotModified = "NotModified";
    private const string Problem = "Problem";
    private const string ProblemJson = "application/problem+json";

    public static string Failure(int status) => $"{Problem}{status}";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var parts = document.Components ??= new OpenApiComponents();
        parts.Parameters = Parameters.Shared;
        parts.Headers = Headers.Shared;
        parts.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the configured issuer, with `sub` and `role` claims. On loopback in Development, requests without one are the user `dev` with every role.",
            },
        };
        var operations = document.Paths.Values.SelectMany(path => path.Operations!.Values).ToArray();
        var statuses = operations.SelectMany(operation => operation.Responses!.Keys).ToHashSet(StringComparer.Ordinal);
        parts.Responses = ProblemTypes.All.Where(type => statuses.Contains($"{type.Status}")).GroupBy(type => type.Status).ToDictionary(
            group => Failure(group.Key), IOpenApiResponse (group) => FailureOf([.. group], document));
        parts.Responses[NotModified] = new OpenApiResponse
        {
            Description = "The client has the current version.",
            Headers = Refer(document, "ETag", Correlation.Header),
        };
        parts.Schemas = TruthfulSchemas.Complete(parts.Schemas ?? new Dictionary<string, IOpenApiSchema>(), document);
        parts.Schemas[Problem] = ProblemSchema();
        document.Tags = operations.SelectMany(operation => operation.Tags!)
            .Select(tag => tag.Reference.Id!).Distinct().Order(StringComparer.Ordinal).Select(name => new OpenApiTag { Name = name }).ToHashSet();
        return Task.CompletedTask;
    }

    private static OpenApiResponse FailureOf(ProblemType[] types, OpenApiDocument document) => new()
    {
        Description = string.Join("\n", types.Select(type => $"* `{type.Uri}`: {type.Explanation}")),
        Headers = Refer(document, [.. types[0].Status is 429 or 503 ? ["Retry-After"] : (string[])[], Correlation.Header]),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemJson] = new() { Schema = new OpenApiSchemaReference(Problem, document), Example = ExampleOf(Array.Find(types, type => type == ProblemTypes.InvalidInput) ?? types[0]) },
        },
    };

    private static JsonObject ExampleOf(ProblemType type)
    {
        var example = new JsonObject
        {
            ["type"] = type.Uri,
            ["title"] = type.Title,
            ["status"] = type.Status,
            ["detail"] = type.Explanation,
            ["traceId"] = "0af7651916cd43dd8448eb211c80319c",
        };
        if (type == ProblemTypes.InvalidInput)
        {
            example["errors"] = new JsonObject { ["quantity"] = new JsonArray("must be from 1 to 10000") };
        }

        return example;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong (RFC 9457). Some types have more members.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Stable, for programs; also the address of a page that explains it."),
            ["title"] = Text("The same for people."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text("What it was this time."),
            ["traceId"] = Text("Finds the request in logs and traces."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "For invalid input: what is wrong, by field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static Dictionary<string, IOpenApiHeader> Refer(OpenApiDocument document, params string[] names) =>
        names.ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));
}
