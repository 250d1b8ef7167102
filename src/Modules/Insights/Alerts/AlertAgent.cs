using Microsoft.Extensions.Logging;
using Monolith.Insights.Viewing;
using Monolith.Kernel.Running;

namespace Monolith.Insights.Alerts;

/// <summary>Looks for candidates that nobody has looked at.</summary>
internal sealed class AlertAgent(AlertDispatch dispatch, TimeProvider time, ILogger<AlertAgent> log) : WorkingAgent("alerts")
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    protected override async Task Work(CancellationToken cancellation)
    {
        var rest = Interval;
        while (!cancellation.IsCancellationRequested)
        {
            rest = await Look(cancellation) ? Interval : rest * 2 < LongestRest ? rest * 2 : LongestRest;
            await Task.Delay(rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A processor that cannot be looked at holds up no other.</summary>
    /// <returns>Whether all could be looked at.</returns>
    private async Task<bool> Look(CancellationToken cancellation)
    {
        var all = true;
        foreach (var insight in Processors.All.Where(i => i.HasAlerts))
        {
            all &= await Look(insight, cancellation);
        }

        return all;
    }

    private async Task<bool> Look(IInsight insight, CancellationToken cancellation)
    {
        try
        {
            while (await dispatch.Run(insight, cancellation))
            {
            }

            return true;
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested)
            {
                log.LogWarning(exception, "Cannot look for alerts of {Processor} at the moment", insight.Name);
            }

            return false;
        }
    }
}
