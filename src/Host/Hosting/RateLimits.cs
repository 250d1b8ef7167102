using System.Threading.RateLimiting;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;

namespace Monolith.Host.Hosting;

/// <summary>
/// A token bucket per caller: <c>RateLimits:PerSecond</c> on average, <c>RateLimits:Burst</c> at once. An endpoint that must answer
/// whatever else happens disables its rate limit itself.
/// </summary>
internal static class RateLimits
{
    public static void AddRateLimits(this IHostApplicationBuilder builder)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = builder.Configuration.GetValue("RateLimits:Burst", 2_000),
            TokensPerPeriod = builder.Configuration.GetValue("RateLimits:PerSecond", 1_000),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };

        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsExempt(http)
                ? RateLimitPartition.GetNoLimiter("exempt")
                : RateLimitPartition.GetTokenBucketLimiter(CallerOf(http), _ => bucket));
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "1";
                return new ValueTask(Results.Problem(ProblemTypes.TooManyRequests.With("Slow down.")).ExecuteAsync(context.HttpContext));
            };
        });
    }

    public static void UseRateLimits(this WebApplication app) => app.UseRateLimiter();

    private static bool IsExempt(HttpContext http) => http.User.Identity is { AuthenticationType: DevelopmentUser.Scheme };

    private static string CallerOf(HttpContext http) => http.User.Identity is { IsAuthenticated: true }
        ? $"user {http.User.Subject()}"
        : $"address {http.Connection.RemoteIpAddress}";
}
