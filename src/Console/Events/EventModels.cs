using System.Text.Json;

namespace Monolith.Console.Events;

public sealed record RecordedEvent(
    long Sequence, string StreamId, string StreamType, long Version, string Type, string Module, DateTimeOffset RecordedAt, string? Actor, string? CorrelationId,
    string? CausationId, string? TraceId, JsonElement Data);

public sealed record ChainNode(string Id, string Kind, string Name, string? Module, string? StreamId, long? Sequence, DateTimeOffset? RecordedAt);

public sealed record ChainEdge(string From, string To);

public sealed record CausationChain(IReadOnlyList<ChainNode> Nodes, IReadOnlyList<ChainEdge> Edges, bool Truncated);
