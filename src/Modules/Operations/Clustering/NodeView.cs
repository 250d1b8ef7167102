namespace Monolith.Operations.Clustering;

/// <summary>A process of the cluster.</summary>
/// <param name="Node">Its number, by which projections and operations name it.</param>
/// <param name="LastSeenAt">When it last said that it is alive.</param>
/// <param name="IsLeader">It spreads the agents over the nodes.</param>
/// <param name="Version">That of the program.</param>
public sealed record NodeView(
    int Node, string Id, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsLeader, string Version, IReadOnlyList<AgentView> Agents);

/// <summary>A piece of work that one node of the cluster does for all.</summary>
/// <param name="Name">The name of the shard, for a projection.</param>
public sealed record AgentView(string Name, string Uri)
{
    /// <param name="shards">The shards of the projections by the addresses of their agents.</param>
    internal static AgentView Of(Uri uri, IReadOnlyDictionary<Uri, string> shards) => new(shards.GetValueOrDefault(uri) ?? NameOf(uri), uri.ToString());

    private static string NameOf(Uri uri) => uri switch
    {
        { Scheme: "wolverine", Host: "leader" } => "leader",
        { Scheme: "wolverinedb" } => "messages",
        { Scheme: "wolverine-recurring" } => "schedules",
        _ => $"{uri.Scheme} {uri.Host}{uri.AbsolutePath}".TrimEnd('/', ' '),
    };
}
