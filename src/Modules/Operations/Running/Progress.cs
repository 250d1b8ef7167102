using Marten;
using Microsoft.Extensions.Logging;

namespace Monolith.Operations.Running;

/// <summary>Writes down how far an operation is, twice a second as long as something changes.</summary>
internal sealed class Progress : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly IDocumentStore store;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly string operationId;
    private readonly long total;
    private readonly CancellationTokenSource end = new();
    private readonly Task writing;
    private long processed;
    private long replayStart;
    private volatile Phase phase = Phase.Waiting;

    public Progress(IDocumentStore store, string operationId, long total, TimeProvider time, ILogger log)
    {
        (this.store, this.operationId, this.total, this.time, this.log) = (store, operationId, total, time, log);
        writing = Write();
    }

    public void Enter(Phase next)
    {
        Interlocked.CompareExchange(ref replayStart, next is Phase.Replaying or Phase.Reviewing or Phase.Correcting ? time.GetTimestamp() : 0, comparand: 0);
        phase = next;
    }

    /// <summary>Reports the number of events processed so far; a smaller one than before changes nothing.</summary>
    public void At(long events)
    {
        for (var seen = Interlocked.Read(ref processed); events > seen;)
        {
            var before = Interlocked.CompareExchange(ref processed, events, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>Reports that this many events more have been processed.</summary>
    public void Add(long events) => Interlocked.Add(ref processed, events);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await writing;
        end.Dispose();
    }

    private async Task Write()
    {
        OperationProgress? written = null;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var now = Now();
            if (now.Processed != written?.Processed || now.Phase != written.Phase)
            {
                await Store(now);
                written = now;
            }
        }
        while (await Tick(timer));
    }

    private async Task<bool> Tick(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private OperationProgress Now()
    {
        var events = Math.Min(Interlocked.Read(ref processed), total);
        var start = Interlocked.Read(ref replayStart);
        var seconds = start == 0 ? 0 : time.GetElapsedTime(start).TotalSeconds;
        return new OperationProgress(operationId, phase, events, total, seconds > 0 ? Math.Round(events / seconds, 1) : 0);
    }

    private async Task Store(OperationProgress now)
    {
        try
        {
            await using var session = store.LightweightSession();
            session.Store(now);
            await session.SaveChangesAsync();
        }
        catch (Exception exception)
        {
            // The work itself may well go on; the next tick tries again.
            log.LogWarning(exception, "The progress of operation {Operation} could not be written", operationId);
        }
    }
}
