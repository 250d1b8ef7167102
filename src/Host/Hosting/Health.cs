using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monolith.Kernel.Problems;
using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>Liveness is the process alone; readiness is what a request needs. Neither depends on projections.</summary>
internal static class Health
{
    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(4));

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", Options(_ => false)).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/ready", Options(check => check.Tags.Contains("ready"))).AllowAnonymous().DisableRateLimiting();
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> which) => new() { Predicate = which, ResponseWriter = Write };

    private static Task Write(HttpContext http, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(e => e.Key, e => new Check(Name(e.Value.Status), e.Value.Description));
        return report.Status == HealthStatus.Unhealthy
            ? Results.Problem(ProblemTypes.Unavailable.With("Not ready.", [KeyValuePair.Create("checks", (object?)checks)])).ExecuteAsync(http)
            : http.Response.WriteAsJsonAsync(new { status = Name(report.Status), checks });
    }

    private static string Name(HealthStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private sealed record Check(string Status, string? Description);
}

/// <summary>The database answers, and has the schema.</summary>
internal sealed class DatabaseHealth(NpgsqlDataSource dataSource) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(
                $"select to_regclass('{Storage.EventSchema}.mt_events') is not null and to_regclass('{Storage.MessageSchema}.wolverine_nodes') is not null");
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!
                ? HealthCheckResult.Healthy("answers and has the schema")
                : HealthCheckResult.Unhealthy("has no schema; apply it with the command apply-schema");
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("does not answer");
        }
    }
}
