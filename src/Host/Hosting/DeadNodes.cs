using Npgsql;
using Wolverine;

namespace Monolith.Host.Hosting;

/// <summary>
/// A node that was killed stays in the list of nodes until it is stale, and a leader that shares out work before that would ask it to
/// hand its share over, and wait for the answer. So a node that finds others in the list when it starts lets that time pass first; it
/// ends as soon as one of them is found dead. A node that stopped in good order is not in the list.
/// </summary>
internal sealed class DeadNodes(NpgsqlDataSource database, WolverineOptions options, ILogger<DeadNodes> log) : IHostedService
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand($"select exists (select from {Storage.MessageSchema}.wolverine_nodes)");
            if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
            {
                options.Durability.AssignmentSettlePeriod = options.Durability.StaleNodeTimeout + Margin;
            }
        }
        catch (NpgsqlException exception)
        {
            log.LogWarning("The list of nodes cannot be read: {Reason}", exception.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
