namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>What the last replacement of a projection has left behind, for a rollback.</summary>
/// <param name="Id">The projection.</param>
/// <param name="Positions">How far its shards had come, by the name of the live shard.</param>
public sealed record PreviousGeneration(string Id, int Number, IReadOnlyDictionary<string, long> Positions, DateTimeOffset KeptSince)
{
    public static string SchemaOf(string projection) => $"previous_{SchemaName.Of(projection)}";
}
