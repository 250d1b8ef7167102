using System.Text.Json;
using System.Text.Json.Serialization;
using Monolith.Kernel.Commands;
using Wolverine.Http;

namespace Monolith.Host.Hosting;

/// <summary>The REST endpoints of all modules and the conventions that they share.</summary>
internal static class Api
{
    public const long LargestBody = 256 * 1024;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        foreach (var request in Requests())
        {
            builder.Logging.AddFilter(request.FullName, LogLevel.None);
        }

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

    /// <summary>
    /// The bodies of requests. One that cannot be read is logged as an error under its type's name, but it is the client's error, and has
    /// its answer.
    /// </summary>
    private static IEnumerable<Type> Requests() =>
        from type in Modules.Assemblies.SelectMany(module => module.ExportedTypes)
        where type.IsAbstract && type.IsSealed && type.Name.EndsWith("Endpoint", StringComparison.Ordinal)
        from method in type.GetMethods()
        where method.IsDefined(typeof(WolverineHttpMethodAttribute), inherit: true)
        from parameter in method.GetParameters().Take(1)
        where parameter.ParameterType.Assembly == type.Assembly && parameter.ParameterType.GetMethod("<Clone>$") is not null
        select parameter.ParameterType;
}
