using JasperFx.Events.Daemon;
using Microsoft.Extensions.Logging;
using Wolverine;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace Monolith.Operations;

/// <summary>
/// Stops and starts shards in the whole cluster, from any node. That a shard is stopped is a row in the message store and outlives
/// the process that wrote it, so whoever stops one must have a durable reason to start it again.
/// </summary>
public sealed class Shards(
    IWolverineRuntime runtime, IEnumerable<IEventSubscriptionAgentFamily> families, TimeProvider time, ILogger<Shards> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a push is waited for: a dead node takes a minute not to answer, and is given up by the others long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int MostRestrictions = 10;

    private bool IsAlone => runtime.Options.Durability.Mode == DurabilityMode.Solo;

    public int ThisNode => runtime.Options.Durability.AssignedNodeNumber;

    /// <summary>The nodes that have the shards; a shard that no node has is missing.</summary>
    public async Task<IReadOnlyDictionary<string, ShardHost>> Hosts(IEnumerable<string> shards, CancellationToken cancellation)
    {
        var state = await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation);
        var hosts = new Dictionary<string, ShardHost>(StringComparer.Ordinal);
        foreach (var shard in shards)
        {
            if (HostOf(await AgentOf(shard, cancellation), state) is { } host)
            {
                hosts[shard] = host;
            }
        }

        return hosts;
    }

    /// <summary>
    /// Returns when no node runs the shard, nor will start it. A node that died without a word counts as running it until the
    /// others have given it up.
    /// </summary>
    public async Task Stop(string shard, CancellationToken cancellation)
    {
        var agent = await AgentOf(shard, cancellation);
        await Restrict(restrictions => restrictions.PauseAgent(agent), cancellation);
        for (var push = Task.CompletedTask; ; await Task.Delay(Pause, time, cancellation))
        {
            push = push.IsCompleted ? Enforce(() => runtime.Agents.StopLocallyAsync(agent), cancellation) : push;
            await Task.WhenAny(push, Task.Delay(Patience, time, cancellation));
            if (HostOf(agent, await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation)) is null)
            {
                return;
            }
        }
    }

    /// <summary>Lets the cluster run the shard again. It returns when that is recorded; the shard may still be starting.</summary>
    public async Task Start(string shard, CancellationToken cancellation)
    {
        var agent = await AgentOf(shard, cancellation);
        await Restrict(restrictions => Release(restrictions, agent), cancellation);
        await Task.WhenAny(Enforce(() => runtime.Agents.StartLocallyAsync(agent), cancellation), Task.Delay(Patience, time, cancellation));
    }

    /// <summary>Gives back a shard of this node that another node went on with. Nothing happens to one that runs.</summary>
    public async Task GiveBackIfOvertaken(string shard, CancellationToken cancellation)
    {
        var agent = await AgentOf(shard, cancellation);
        if (runtime.Agents.TryFindActiveAgent<IEventSubscriptionAgent>(agent, out var local) && local.Failure?.Category == ShardFailureCategory.ProgressionOutOfOrder)
        {
            await runtime.Agents.StopLocallyAsync(agent);
            log.LogWarning("{Shard} was overtaken by another node, and is given back", shard);
        }
    }

    /// <summary>Two that paused it at the same moment have left two restrictions.</summary>
    private static void Release(AgentRestrictions restrictions, Uri agent)
    {
        for (var left = MostRestrictions; left > 0; left--)
        {
            restrictions.RestartAgent(agent);
            if (!restrictions.FindPausedAgentUris().Contains(agent))
            {
                return;
            }
        }
    }

    private async Task Restrict(Action<AgentRestrictions> change, CancellationToken cancellation)
    {
        var (_, restrictions) = await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation);
        change(restrictions);
        await runtime.Storage.Nodes.PersistAgentRestrictionsAsync(restrictions.FindChanges(), cancellation);
    }

    /// <summary>
    /// Makes the nodes follow the restrictions now instead of at their next look. It is only a push, and never fails: the restrictions
    /// are recorded already.
    /// </summary>
    private async Task Enforce(Func<Task> alone, CancellationToken cancellation)
    {
        try
        {
            await (IsAlone ? alone() : runtime.Agents.ApplyRestrictionsAsync(new AgentRestrictions(), cancellation));
        }
        catch (Exception exception)
        {
            log.LogWarning(exception, "Not every node follows the agent restrictions yet");
        }
    }

    private ShardHost? HostOf(Uri agent, NodeAgentState state) => runtime.Agents.TryFindActiveAgent<IEventSubscriptionAgent>(agent, out var local)
        ? new ShardHost(ThisNode, local.Failure)
        : state.Nodes.Where(node => node.ActiveAgents.Contains(agent)).Select(node => new ShardHost(node.AssignedNodeNumber, Failure: null)).FirstOrDefault();

    private async Task<Uri> AgentOf(string shard, CancellationToken cancellation)
    {
        foreach (var family in families)
        {
            if (await family.FindAgentUriAsync(shard, tenantId: null, cancellation) is { } agent)
            {
                return agent;
            }
        }

        throw new InvalidOperationException($"The cluster does not know the shard {shard}.");
    }
}

/// <param name="Node">The node's number in the cluster.</param>
/// <param name="Failure">What stopped the shard. Known here of shards of this node only; those of others write it beside their position.</param>
public sealed record ShardHost(int Node, ShardFailure? Failure);
