using Monolith.Host.Hosting.OpenApi;
using Scalar.AspNetCore;

namespace Monolith.Host.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, and a readable page of it at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    private const string Conventions =
        """
        An event-sourced order platform. JSON in camelCase, times in RFC 3339 and UTC, money in decimals of an ISO 4217 currency.

        * Every 4xx and 5xx is `application/problem+json` with a stable `type`.
        * A single resource is always current and has an `ETag`. Lists and reports follow a moment later: pass the `Monolith-Sequence`
          of a command's reply as `minSequence` to read your own writes.
        * Collections come in pages: pass `next` as `cursor`.
        * Every POST accepts an `Idempotency-Key`, every request `traceparent` and `X-Correlation-ID`.
        """;

    public static void AddApiDocument(this IHostApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.CreateSchemaReferenceId = TruthfulSchemas.NameOf;
        options.AddSchemaTransformer<TruthfulSchemas>();
        options.AddOperationTransformer<OperationConventions>();
        options.AddDocumentTransformer<SharedParts>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Monolith";
            document.Info.Version = "v1";
            document.Info.Description = Conventions;
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", (options, http) =>
        {
            // Fonts, assistants and statistics would come from or go to other hosts; the browser is told to refuse any that is left.
            options.WithTitle("Monolith API").DisableDefaultFonts().DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools();
            http.Response.Headers.ContentSecurityPolicy = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";
        }).AllowAnonymous();
    }
}
