using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;

namespace Monolith.Host.Hosting.OpenApi;

/// <summary>Gives every operation what the conventions of the API say of it, so that endpoints declare only what is theirs.</summary>
internal sealed class OperationConventions(IEnumerable<Example> examples, IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    private readonly Dictionary<Type, JsonNode?> examples =
        examples.ToDictionary(e => e.Value.GetType(), e => JsonSerializer.SerializeToNode(e.Value, e.Value.GetType(), json.Value.SerializerOptions));

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor is ControllerActionDescriptor action)
        {
            var endpoint = new EndpointFacts(context.Description, action);
            var document = context.Document!;
            Name(operation, endpoint, document);
            Secure(operation, endpoint, document);
            operation.Parameters = [.. Parameters.Of(endpoint, document)];
            if (endpoint.OwnBody is { } type)
            {
                operation.RequestBody = BodyOf(await context.GetOrCreateSchemaAsync(type, parameterDescription: null, cancellationToken), type);
            }

            DescribeBody(operation, endpoint);
            DescribeAnswers(operation, endpoint, document);
        }
    }

    private static void Name(OpenApiOperation operation, EndpointFacts endpoint, OpenApiDocument document)
    {
        // Without a doc comment, Wolverine's name of the route stands in all three places.
        string?[] explained = operation.Summary == operation.OperationId ? [] : [operation.Summary];
        string?[] remarks = operation.Description == operation.OperationId ? [] : [operation.Description];
        var access = endpoint.IsAnonymous ? "For anyone." : $"Roles: {string.Join(", ", endpoint.Roles)}.";
        string[] loopback = endpoint.IsOpenToLoopback ? ["From the server's own machine, anyone."] : [];
        operation.Description = string.Join("\n\n", [.. explained, .. remarks, access, .. loopback]);
        operation.OperationId = endpoint.OperationId;
        operation.Summary = endpoint.Title;
        operation.Tags = new HashSet<OpenApiTagReference> { new(endpoint.Tag, document) };
    }

    private static void Secure(OpenApiOperation operation, EndpointFacts endpoint, OpenApiDocument document)
    {
        operation.Security = [];
        if (!endpoint.IsAnonymous)
        {
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SharedParts.Bearer, document)] = [] });
            operation.AddExtension("x-roles", new JsonNodeExtension(new JsonArray([.. endpoint.Roles.Select(role => (JsonNode)role)])));
        }
    }

    private OpenApiRequestBody BodyOf(IOpenApiSchema schema, Type type) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema, Example = ExampleOf(type) } },
    };

    private void DescribeBody(OpenApiOperation operation, EndpointFacts endpoint)
    {
        if (endpoint.Body is { } parameter && operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = parameter.IsRequired;
            Exemplify(body.Content, parameter.Type);
        }
    }

    private void DescribeAnswers(OpenApiOperation operation, EndpointFacts endpoint, OpenApiDocument document)
    {
        var answers = new OpenApiResponses();
        foreach (var (status, type) in endpoint.Answers)
        {
            if (operation.Responses?.GetValueOrDefault($"{status}") is OpenApiResponse answer)
            {
                Exemplify(answer.Content, type);
                answer.Headers = Headers.OfAnswer(endpoint, status).ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));
                answers[$"{status}"] = answer;
            }
        }

        if (endpoint.TakesIfNoneMatch)
        {
            answers["304"] = new OpenApiResponseReference(SharedParts.NotModified, document);
        }

        foreach (var status in endpoint.Failures)
        {
            answers[$"{status}"] = new OpenApiResponseReference(SharedParts.Failure(status), document);
        }

        operation.Responses = answers;
    }

    private void Exemplify(IDictionary<string, OpenApiMediaType>? content, Type? type)
    {
        foreach (var media in content?.Values ?? [])
        {
            media.Example = ExampleOf(type);
        }
    }

    private JsonNode? ExampleOf(Type? type) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Page<>)
        ? ExampleOf(type.GenericTypeArguments[0]) is { } item ? new JsonObject { ["items"] = new JsonArray(item), ["next"] = null } : null
        : type is null ? null : examples.GetValueOrDefault(type)?.DeepClone();
}
