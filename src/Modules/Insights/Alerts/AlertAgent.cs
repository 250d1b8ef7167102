using Microsoft.Extensions.Logging;
using Monolith.Insights.Viewing;
using Wolverine.Runtime.Agents;

namespace Monolith.Insights.Alerts;

/// <summary>Looks for candidates that nobody has looked at, on one node of the cluster.</summary>
internal sealed class AlertAgent(AlertDispatch dispatch, TimeProvider time, ILogger<AlertAgent> log)
    : SingularAgent("alerts"), IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

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
        while (!cancellation.IsCancellationRequested)
        {
            foreach (var insight in Processors.All.Where(i => i.HasAlerts))
            {
                await Look(insight, cancellation);
            }

            await Task.Delay(Interval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(IInsight insight, CancellationToken cancellation)
    {
        try
        {
            while (await dispatch.Run(insight, cancellation))
            {
            }
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested)
            {
                log.LogWarning(exception, "Cannot look for alerts of {Processor} at the moment", insight.Name);
            }
        }
    }
}
