using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace Monolith.Operations.Running;

/// <summary>
/// At the start of a process, takes up the operations that are not finished. Their messages survive a crash, too, but the cluster hands
/// them on only after it has given the dead node up, a minute later.
/// </summary>
internal sealed class ResumeOperations(
    IDocumentStore store, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ResumeOperations> log) : BackgroundService
{
    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Resume(stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(exception, "Cannot look for unfinished operations yet");
                await Task.Delay(NextTry, time, stoppingToken);
            }
        }
    }

    /// <summary>Messages cannot be sent before every part of the host is up.</summary>
    private async Task Started(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    private async Task Resume(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var unfinished = await session.Query<OperationClaim>().ToListAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        foreach (var claim in unfinished)
        {
            await bus.PublishAsync(new RunOperation(claim.OperationId));
        }
    }
}
