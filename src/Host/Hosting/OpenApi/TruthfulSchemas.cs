using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Kernel.Paging;

namespace Monolith.Host.Hosting.OpenApi;

/// <summary>Corrects what the generator does not know of the JSON that is really read and written.</summary>
internal sealed class TruthfulSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            // A component has one form, wherever it is used; that a property may be null is said at the property.
            (schema.Type, schema.Enum) = (JsonSchemaType.String, OfEnum(type).Enum);
        }
        else if (type == typeof(decimal))
        {
            schema.Format = "decimal";
        }

        return Task.CompletedTask;
    }

    public static OpenApiSchema OfEnum(Type type) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))],
    };

    /// <summary>Names are unique: a nested type has that of its surroundings in front, a page that of its items.</summary>
    public static string? NameOf(JsonTypeInfo type) => type.Type switch
    {
        { IsGenericType: true } page when page.GetGenericTypeDefinition() == typeof(Page<>) =>
            $"PageOf{NameOf(type.Options.GetTypeInfo(page.GenericTypeArguments[0]))}",
        { IsNested: true, IsGenericType: false, DeclaringType: { } outer } inner =>
            outer.Name.Replace("Endpoint", string.Empty, StringComparison.Ordinal) + inner.Name,
        _ => OpenApiOptions.CreateDefaultSchemaReferenceId(type),
    };

    /// <summary>Keeps the schemas that an operation uses, and lets commands say what they require.</summary>
    public static IDictionary<string, IOpenApiSchema> Complete(IDictionary<string, IOpenApiSchema> schemas, OpenApiDocument document)
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations!.Values).ToArray();
        var commands = Reachable(operations.SelectMany(operation => operation.RequestBody?.Content?.Values ?? []), schemas);
        var answers = Reachable(operations.SelectMany(operation => operation.Responses!.Values.OfType<OpenApiResponse>()).SelectMany(a => a.Content!.Values), schemas);
        foreach (var command in commands.Except(answers).Select(name => schemas[name]).OfType<OpenApiSchema>())
        {
            foreach (var name in command.Required ?? new HashSet<string>())
            {
                command.Properties![name] = WithoutNull(command.Properties[name]);
            }
        }

        return schemas.Where(schema => commands.Contains(schema.Key) || answers.Contains(schema.Key)).ToDictionary();
    }

    /// <summary>A required member is nullable in the code only because a client may forget it.</summary>
    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema.OneOf is { Count: 2 } either)
        {
            return either.Single(alternative => alternative.Type != JsonSchemaType.Null);
        }

        if (schema is OpenApiSchema own)
        {
            own.Type &= ~JsonSchemaType.Null;
        }

        return schema;
    }

    private static HashSet<string> Reachable(IEnumerable<OpenApiMediaType> contents, IDictionary<string, IOpenApiSchema> schemas)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<IOpenApiSchema?>(contents.Select(content => content.Schema));
        while (open.TryPop(out var schema))
        {
            switch (schema)
            {
                case OpenApiSchemaReference { Reference.Id: { } id } when found.Add(id):
                    open.Push(schemas[id]);
                    break;
                case OpenApiSchema own:
                    foreach (var part in PartsOf(own))
                    {
                        open.Push(part);
                    }

                    break;
            }
        }

        return found;
    }

    private static IEnumerable<IOpenApiSchema?> PartsOf(OpenApiSchema schema) =>
        [schema.Items, schema.AdditionalProperties, .. schema.Properties?.Values ?? [], .. schema.OneOf ?? [], .. schema.AnyOf ?? [], .. schema.AllOf ?? []];
}
