using Scalar.AspNetCore;

namespace Monolith.Host.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, and a readable page of it at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IHostApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Monolith";
            document.Info.Version = "v1";
            document.Info.Description = "An event-sourced order platform.";
            return Task.CompletedTask;
        }));

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs").AllowAnonymous();
    }
}
