using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Problems;

namespace Monolith.Kernel.Commands;

/// <summary>
/// Runs a command again that lost a race for its stream: its transaction was rolled back and its decision was made on a state that
/// is no more. Endpoints have no retry of their own, and a client should not have to know about races that it cannot see.
/// </summary>
public sealed class RetryLostRaces(RequestDelegate next, TimeProvider time, ILogger<RetryLostRaces> log)
{
    private const int Attempts = 10;

    public async Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        http.Request.EnableBuffering(IdempotencyKey.InMemory);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await next(http);
                return;
            }
            catch (Exception lost) when (LostRace.Is(lost) && !http.Response.HasStarted)
            {
                log.LogInformation("Lost a race on {Path}, attempt {Attempt}: {Reason}", http.Request.Path, attempt, lost.GetType().Name);
                if (attempt == Attempts)
                {
                    await Results.Problem(ProblemTypes.ConcurrentChange.With($"Gave up after {Attempts} attempts.")).ExecuteAsync(http);
                    return;
                }
            }

            http.Response.Clear();
            http.Request.Body.Position = 0;
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 10 * attempt + 6)), time, http.RequestAborted);
        }
    }
}
