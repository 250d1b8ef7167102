using Microsoft.OpenApi;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Reading;

namespace Monolith.Host.Hosting.OpenApi;

/// <summary>The headers of answers.</summary>
internal static class Headers
{
    public static IDictionary<string, IOpenApiHeader> Shared { get; } = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
    {
        [Correlation.Header] = Text("That of the request, or one made for it."),
        ["ETag"] = Text("Changes with every version of the resource: for `If-Match` and `If-None-Match`."),
        ["Location"] = Text("The address of what was created, or of the operation that was started."),
        ["Link"] = Text("The address of the next page (`rel=\"next\"`); absent on the last one."),
        ["Retry-After"] = Number("Seconds to wait before the next attempt."),
        [CommitSequence.Header] = Number("The sequence of the last event that was committed, for `minSequence`; absent when nothing had to change."),
        [Freshness.AsOfHeader] = Number("The sequence up to which the model has seen all events."),
    };

    public static IEnumerable<string> OfAnswer(EndpointFacts endpoint, int status) => new (string Name, bool Sent)[]
    {
        ("ETag", endpoint.IsVersioned),
        ("Location", status is StatusCodes.Status201Created or StatusCodes.Status202Accepted),
        ("Link", endpoint.IsPaged),
        (CommitSequence.Header, !endpoint.IsGet),
        (Freshness.AsOfHeader, endpoint.IsAsynchronous),
        (Correlation.Header, true),
    }.Where(header => header.Sent).Select(header => header.Name);

    private static OpenApiHeader Text(string description) => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Description = description };

    private static OpenApiHeader Number(string description) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }, Description = description };
}
