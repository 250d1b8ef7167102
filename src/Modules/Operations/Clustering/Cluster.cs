using System.Diagnostics;
using Marten;
using Monolith.Kernel;
using Monolith.Operations.Projections;
using Wolverine;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace Monolith.Operations.Clustering;

/// <summary>What nodes there are and what each one does, as the cluster itself has it in the database; any node gives the same answer.</summary>
public sealed class Cluster(IWolverineRuntime runtime, IDocumentStore store, IEnumerable<IEventSubscriptionAgentFamily> families, TimeProvider time)
{
    public async Task<IReadOnlyList<NodeView>> Nodes(CancellationToken cancellation)
    {
        var shards = await Shards(cancellation);
        if (runtime.Options.Durability.Mode == DurabilityMode.Solo)
        {
            return [Alone(shards)];
        }

        var (nodes, _) = await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation);
        return
        [
            .. nodes.OrderBy(node => node.AssignedNodeNumber).Select(node => new NodeView(
                node.AssignedNodeNumber, node.Id, node.Started, node.LastHealthCheck, node.IsLeader(), node.Version.ToString(),
                Agents(node.ActiveAgents, shards))),
        ];
    }

    /// <summary>A node that is on its own writes nothing down, and leads itself.</summary>
    private NodeView Alone(IReadOnlyDictionary<Uri, string> shards)
    {
        using var process = Process.GetCurrentProcess();
        return new NodeView(
            runtime.Options.Durability.AssignedNodeNumber, runtime.Options.UniqueNodeId.ToString(),
            new DateTimeOffset(process.StartTime).ToMicroseconds(), time.BusinessNow(), IsLeader: true, runtime.Options.Version?.ToString() ?? "",
            Agents(runtime.Agents.AllRunningAgentUris(), shards));
    }

    private static AgentView[] Agents(IEnumerable<Uri> agents, IReadOnlyDictionary<Uri, string> shards) =>
        [.. agents.Select(uri => AgentView.Of(uri, shards)).OrderBy(agent => agent.Name, StringComparer.Ordinal)];

    /// <summary>The shards of all projections by the addresses of their agents.</summary>
    private async Task<IReadOnlyDictionary<Uri, string>> Shards(CancellationToken cancellation)
    {
        var shards = new Dictionary<Uri, string>();
        foreach (var shard in RegisteredProjection.All(store).SelectMany(projection => projection.Shards))
        {
            foreach (var family in families)
            {
                if (await family.FindAgentUriAsync(shard, tenantId: null, cancellation) is { } agent)
                {
                    shards[agent] = shard;
                }
            }
        }

        return shards;
    }
}
