using Microsoft.Extensions.Logging;
using Wolverine.Runtime.Agents;

namespace Monolith.Insights.Alerts;

/// <summary>Looks for candidates that nobody has looked at, on one node of the cluster.</summary>
internal sealed class AlertAgent(AlertDispatch dispatch, TimeProvider time, ILogger<AlertAgent> log)
    : SingularAgent("alerts"), IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    private CancellationTokenSource stop = new();
    private Task work = Task.CompletedTask;

    protected override Task startAsync(CancellationToken cancellationToken)
    {
        stop.Dispose();
        stop = new CancellationTokenSource();
        work = Task.Run(() => Work(stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    protected override async Task stopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await work.WaitAsync(cancellationToken);
    }

    public void Dispose() => stop.Dispose();

    private async Task Work(CancellationToken cancellation)
    {
        var rest = Interval;
        while (!cancellation.IsCancellationRequested)
        {
            rest = await Look(cancellation) ? Interval : rest * 2 < LongestRest ? rest * 2 : LongestRest;
            await Task.Delay(rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Look(CancellationToken cancellation)
    {
        try
        {
            foreach (var insight in Processors.All.Where(i => i.HasAlerts))
            {
                while (await dispatch.Run(insight, cancellation))
                {
                }
            }

            return true;
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested)
            {
                log.LogWarning(exception, "Cannot look for alerts at the moment");
            }

            return false;
        }
    }
}
