using System.Text.Json;
using System.Text.Json.Serialization;
using Monolith.Kernel.Commands;
using Wolverine.Http;

namespace Monolith.Host.Hosting;

/// <summary>The REST endpoints of all modules and the conventions that they share.</summary>
internal static class Api
{
    public const long LargestBody = 256 * 1024;

    /// <summary>
    /// A body that cannot be read is logged as an error under the name of the request's record. It is the client's error, and has its answer.
    /// </summary>
    private static readonly Lazy<HashSet<string?>> Requests = new(() =>
        [.. Modules.Assemblies.SelectMany(module => module.ExportedTypes).Where(IsRecord).Select(type => type.FullName)]);

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.AddFilter((category, _) => category is null || !Requests.Value.Contains(category));
        builder.Services.AddWolverineHttp();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseMiddleware<RetryLostRaces>();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapWolverineEndpoints(options =>
        {
            options.ApplyCorrelationIdHeaderToAllEndpoints = true;
            options.RejectUnparseableQueryValues = true;
            options.AddPolicy<BodyPolicy>();
            options.AddPolicy<IdempotencyPolicy>();
        });
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
