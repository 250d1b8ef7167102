namespace Monolith.Console.Nodes;

internal sealed record NodeView(int Node, string Id, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsLeader, string Version, IReadOnlyList<AgentView> Agents);

internal sealed record AgentView(string Name, string Uri);
